package io.ag06.bench.drain;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import io.ag06.sql.Tables;

/** The partial golden signals. */
final class StoredSignals implements StoredRows {
    private static final String TABLE = Tables.GOLDEN_SIGNALS_PARTIALS.name();

    private final SqlClient sql;

    StoredSignals(SqlClient sql) {
        this.sql = sql;
    }

    @Override
    public void clear() {
        sql.rows("TRUNCATE TABLE " + TABLE);
    }

    @Override
    public long records() {
        return sql.number("SELECT sum(events) AS n FROM " + TABLE);
    }

    @Override
    public void requireAll(Totals totals) {
        JsonNode row = sql.rows("SELECT sum(events) AS events, sum(bytes) AS bytes, sum(errors) AS errors,"
                        + " sum(latency_zeros) + sum(arraySum(mapValues(latency_bins))) AS latencies,"
                        + " sum(latency_ok_zeros) + sum(arraySum(mapValues(latency_ok_bins))) AS latencies_ok,"
                        + " uniqExact(entity_kind, entity_id, operation, region, window_start) AS sums FROM " + TABLE)
                .get(0);
        WrongCountException.require(
                "Events", totals.records(), row.get("events").asLong());
        WrongCountException.require("Bytes", totals.bytes(), row.get("bytes").asLong());
        WrongCountException.require("Errors", totals.failed(), row.get("errors").asLong());
        WrongCountException.require(
                "Latencies", totals.records(), row.get("latencies").asLong());
        WrongCountException.require(
                "Latencies without error",
                totals.records() - totals.failed(),
                row.get("latencies_ok").asLong());
        WrongCountException.require(
                "Entities and buckets", totals.sums(), row.get("sums").asLong());
    }
}
