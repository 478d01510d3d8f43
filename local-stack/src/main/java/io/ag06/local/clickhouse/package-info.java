/**
 * The ClickHouse of the local stack: the real engine (libchdb) in a process of its own, behind an endpoint that speaks
 * ClickHouse's HTTP interface. {@link io.ag06.local.clickhouse.LocalClickHouse} starts it and is all that others use.
 *
 * <p>From the outside in: {@code EndpointMain} is the child process, {@code QueryHandler} answers HTTP requests,
 * {@code Engine} and {@code EngineConnection} run statements, {@code Chdb} is the C interface.
 */
package io.ag06.local.clickhouse;
