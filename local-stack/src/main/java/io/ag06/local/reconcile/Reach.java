package io.ag06.local.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import io.ag06.local.kafka.KafkaLog;
import io.ag06.sql.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * From where on both sides keep what they had: Kafka deletes the oldest records, and a table drops the rows of days
 * that are past its TTL. A topic that is told to keep records for longer than the table keeps rows is judged from the
 * first day on of which every row is there.
 */
final class Reach {
    /** As a table's definition states it: {@code TTL toDateTime(appended_at) + toIntervalDay(90)}. */
    private static final Pattern TTL = Pattern.compile("TTL toDateTime\\(appended_at\\) \\+ toIntervalDay\\((\\d+)\\)");

    private final KafkaLog kafka;
    private final SqlClient sql;
    private final InstantSource clock;

    Reach(KafkaLog kafka, SqlClient sql, InstantSource clock) {
        this.kafka = kafka;
        this.sql = sql;
        this.clock = clock;
    }

    /** The first offset of each partition that can be judged; may lie beyond the partition's end. */
    Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> starts = new HashMap<>(kafka.starts(partitions));
        Map<String, Duration> kept = kept();
        Map<TopicPartition, Instant> oldest = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Duration ofRows = kept.get(Tables.factsOf(partition.topic()).name());
            if (ofRows != null) {
                oldest.put(partition, clock.instant().minus(ofRows));
            }
        }
        kafka.since(oldest)
                .forEach((partition, offset) ->
                        starts.merge(partition, offset < 0 ? Long.MAX_VALUE : offset, Math::max));
        return starts;
    }

    /** How long each table keeps rows, less the day that is dropped as a whole; a table without a TTL is not in it. */
    private Map<String, Duration> kept() {
        Map<String, Duration> kept = new HashMap<>();
        for (JsonNode table : sql.rows(
                "SELECT name, engine_full FROM system.tables WHERE database = " + SqlClient.literal(Tables.DATABASE))) {
            Matcher ttl = TTL.matcher(table.get("engine_full").asText());
            if (ttl.find()) {
                kept.put(table.get("name").asText(), Duration.ofDays(Long.parseLong(ttl.group(1)) - 1));
            }
        }
        return kept;
    }
}
