package io.ag06.pipeline.sink.clickhouse;

import java.io.Serializable;

/** Opens a connection where a task runs: it travels to task managers, a client can't. */
@FunctionalInterface
public interface ClickHouseClientProvider extends Serializable {
    /** A client that whoever asked for it closes. */
    ClickHouseClient open();
}
