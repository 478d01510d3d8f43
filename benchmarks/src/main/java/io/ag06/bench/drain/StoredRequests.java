package io.ag06.bench.drain;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;

/** The raw table of service requests. */
final class StoredRequests implements StoredRows {
    static final String TABLE = Tables.factsOf(Topics.SERVICE_REQUESTS.name()).name();

    private final SqlClient sql;

    StoredRequests(SqlClient sql) {
        this.sql = sql;
    }

    @Override
    public void clear() {
        sql.rows("TRUNCATE TABLE " + TABLE);
    }

    @Override
    public long records() {
        return sql.number("SELECT count() AS n FROM " + TABLE);
    }

    @Override
    public void requireAll(Totals totals) {
        JsonNode row = sql.rows("SELECT count() AS records, uniqExact(kafka_partition, kafka_offset) AS different,"
                        + " sum(request_bytes + response_bytes) AS bytes, sum(duration_us) AS duration,"
                        + " countIf(error OR status_code >= 500) AS failed FROM " + TABLE)
                .get(0);
        WrongCountException.require(
                "Rows stored", totals.records(), row.get("records").asLong());
        WrongCountException.require(
                "Different rows stored", totals.records(), row.get("different").asLong());
        WrongCountException.require("Bytes", totals.bytes(), row.get("bytes").asLong());
        WrongCountException.require(
                "Sum of latencies", totals.durationMicros(), row.get("duration").asLong());
        WrongCountException.require("Failed", totals.failed(), row.get("failed").asLong());
    }
}
