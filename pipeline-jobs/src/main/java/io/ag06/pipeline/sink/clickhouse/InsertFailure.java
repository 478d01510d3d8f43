package io.ag06.pipeline.sink.clickhouse;

/** Why ClickHouse did not do what it was asked, and so what follows. */
public abstract sealed class InsertFailure extends Exception {
    private InsertFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** It may work later: unreachable, overloaded, out of space, an unknown cause. The block waits. */
    public static final class Transient extends InsertFailure {
        public Transient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server will never take these bytes. The block is stored whole in {@code rejected_blocks}. */
    public static final class Refused extends InsertFailure {
        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Nothing will work until a person mends it: a wrong password, a missing table or column. The job fails. */
    public static final class Fatal extends InsertFailure {
        public Fatal(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
