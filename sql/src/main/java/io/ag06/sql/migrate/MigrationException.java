package io.ag06.sql.migrate;

/** A database that could not be migrated. The message is one line: what happened, where, and what to do about it. */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
