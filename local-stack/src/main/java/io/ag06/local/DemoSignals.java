package io.ag06.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** What a demo reads back from ClickHouse; people can ask the same. */
final class DemoSignals {
    private final SqlClient sql;
    private final TopicEnds frames;
    private final TopicEnds requests;
    private final Instant begin;

    /**
     * @param frames where the topic of frames ended before the demo's own came
     * @param requests the same for requests
     * @param begin when the demo's first event may have happened
     */
    DemoSignals(SqlClient sql, TopicEnds frames, TopicEnds requests, Instant begin) {
        this.sql = sql;
        this.frames = frames;
        this.requests = requests;
        this.begin = begin;
    }

    long storedFrames() {
        return sql.number("SELECT count() FROM audio_frames WHERE " + frames.laterRows());
    }

    long storedRequests() {
        return sql.number("SELECT count() FROM service_requests WHERE " + requests.laterRows());
    }

    /** Events that the golden signals have taken in: frames that came, and requests. */
    long countedEvents() {
        return sql.number("""
                SELECT sum(events) FROM golden_signals_partials
                WHERE (kafka_topic = 'ag06.audio-frames' AND %s) OR (kafka_topic = 'ag06.service-requests' AND %s)
                """.formatted(
                        frames.laterRows().replace("kafka_offset", "offset_first"),
                        requests.laterRows().replace("kafka_offset", "offset_first")));
    }

    long rows() {
        return sql.number("SELECT count() FROM golden_signals WHERE " + inTime());
    }

    long deadLetters() {
        return sql.number("SELECT count() FROM dead_letters WHERE appended_at >= " + micros(begin));
    }

    /** Rows too many: of a Kafka record, or of what it is about. */
    long duplicates() {
        return sql.number("""
                SELECT
                    (SELECT count() - uniqExact(kafka_partition, kafka_offset)
                          + count() - uniqExact(device_id, stream_id, sequence) FROM audio_frames WHERE %s)
                  + (SELECT count() - uniqExact(kafka_partition, kafka_offset)
                          + count() - uniqExact(event_id) FROM service_requests WHERE %s)
                """.formatted(frames.laterRows(), requests.laterRows()));
    }

    /** From an event's time to its row: {@code p50} and {@code p99}, milliseconds. */
    JsonNode eventToQuery() {
        return sql.rows("""
                        SELECT
                            round(quantileExact(0.5)(late) / 1000, 1) AS p50,
                            round(quantileExact(0.99)(late) / 1000, 1) AS p99
                        FROM (
                            SELECT dateDiff('microsecond', event_time, stored_at) AS late FROM audio_frames WHERE %s
                            UNION ALL
                            SELECT dateDiff('microsecond', event_time, stored_at) AS late FROM service_requests WHERE %s
                        )
                        """.formatted(frames.laterRows(), requests.laterRows())).get(0);
    }

    List<JsonNode> services() {
        return sql.rows("""
                SELECT
                    entity_id AS service,
                    sum(s.events) AS requests,
                    round(100 * sum(s.errors) / sum(s.events), 2) AS errors,
                    round(ag06_latency_at(sumMap(s.latency_bins), sum(s.latency_zeros), 500) / 1000, 1) AS p50,
                    round(ag06_latency_at(sumMap(s.latency_bins), sum(s.latency_zeros), 990) / 1000, 1) AS p99,
                    round(100 * max(s.saturation_max)) AS fullest
                FROM golden_signals AS s
                WHERE entity_kind = 'service' AND %s
                GROUP BY service
                ORDER BY requests DESC, service
                """.formatted(inTime()));
    }

    List<JsonNode> devices() {
        return sql.rows("""
                SELECT
                    entity_id AS device,
                    sum(s.events) AS frames,
                    sum(s.missing_frames) AS missing,
                    round(100 * sum(s.errors) / sum(s.events), 2) AS errors,
                    round(ag06_latency_at(sumMap(s.latency_bins), sum(s.latency_zeros), 990) / 1000, 1) AS p99,
                    round(100 * max(s.saturation_max)) AS fullest
                FROM golden_signals AS s
                WHERE entity_kind = 'device' AND %s
                GROUP BY device
                ORDER BY device
                """.formatted(inTime()));
    }

    /** Buckets that began in the demo's time, the one it began in among them. */
    private String inTime() {
        return "window_start >= toStartOfInterval(toDateTime(%d, 'UTC'), INTERVAL 10 SECOND)"
                .formatted(begin.getEpochSecond());
    }

    private static String micros(Instant time) {
        return "fromUnixTimestamp64Milli(%d, 'UTC')".formatted(time.toEpochMilli());
    }
}
