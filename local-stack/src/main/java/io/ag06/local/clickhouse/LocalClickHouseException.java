package io.ag06.local.clickhouse;

/** The local ClickHouse can't be had. The message is one line: what happened, where, and what to do. */
public final class LocalClickHouseException extends RuntimeException {
    public LocalClickHouseException(String message) {
        super(message);
    }

    public LocalClickHouseException(String message, Throwable cause) {
        super(message, cause);
    }
}
