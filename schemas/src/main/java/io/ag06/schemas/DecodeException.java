package io.ag06.schemas;

/**
 * A message that can't be decoded. Expected of the world outside, hence checked: the caller makes a dead letter of it.
 */
public final class DecodeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    DecodeException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Made often where a producer misbehaves, and its stack says nothing: it has none. */
    DecodeException(Reason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    /** What is wrong, for a program; {@link #getMessage} says it to a person. */
    public Reason reason() {
        return reason;
    }

    /** The ways in which a message can be wrong. */
    public enum Reason {
        /** It has no value, or does not begin with the ten bytes of Avro's single-object encoding. */
        NOT_SINGLE_OBJECT,
        /** Its fingerprint is of no version that this build knows; a newer producer perhaps. */
        UNKNOWN_SCHEMA,
        /** It is another record, sent to the wrong topic. */
        OTHER_RECORD,
        /** It ends early, or its bytes make no sense for its schema. */
        CORRUPT,
        /** The record is followed by bytes that belong to nothing. */
        TRAILING_BYTES
    }
}
