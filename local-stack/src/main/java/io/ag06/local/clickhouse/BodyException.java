package io.ag06.local.clickhouse;

import java.io.IOException;

/** A body that came whole but can't be used: too large, wrongly compressed, a checksum that doesn't hold. */
final class BodyException extends IOException {
    private final int code;

    /** @param code of ClickHouse's list */
    BodyException(int code, String message) {
        super(message);
        this.code = code;
    }

    BodyException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    EngineException asEngineException() {
        return new EngineException(code, getMessage(), this);
    }
}
