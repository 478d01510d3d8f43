/**
 * Into ClickHouse, exactly once; the only writer of tables. The protocol is described in {@code docs/exactly-once.md}
 * and carried out by {@link io.ag06.pipeline.sink.clickhouse.BlockDelivery}.
 */
package io.ag06.pipeline.sink.clickhouse;
