package io.ag06.pipeline.source;

import java.util.Locale;

/** A record that is not taken in; the message says why. Expected of the world outside, so it carries no stack. */
final class RefusedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final Stage stage;

    RefusedRecordException(Stage stage, String message) {
        super(message, null, false, false);
        this.stage = stage;
    }

    Stage stage() {
        return stage;
    }

    /** Where a record was refused. */
    enum Stage {
        /** Its bytes are no record that is known here. */
        DECODE,
        /** It is a record, with values that are not allowed. */
        RULES;

        /** As it is written in dead letters. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
