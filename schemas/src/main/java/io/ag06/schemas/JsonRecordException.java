package io.ag06.schemas;

/** A line of text that is not the record it should be; the message names the field and what is wrong with it. */
public final class JsonRecordException extends Exception {
    private static final long serialVersionUID = 1;

    JsonRecordException(String message) {
        this(message, null);
    }

    JsonRecordException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
