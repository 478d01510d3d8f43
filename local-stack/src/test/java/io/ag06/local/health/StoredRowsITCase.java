package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.analytics.health.JobMinute.Freshness;
import io.ag06.local.ClickHouseAddress;
import io.ag06.local.SqlClient;
import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.pipeline.job.Jobs;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine answers about rows whose times and offsets are known. */
class StoredRowsITCase {
    private static final String REQUESTS = "ag06.service-requests";

    @TempDir
    static Path data;

    private static LocalClickHouse engine;
    private static SqlClient sql;
    private static boolean away;

    /** Of today, since the tables forget what is old. */
    private static Instant minute;

    private final StoredRows rows = new StoredRows(Jobs.all(), StoredRowsITCase::rows);

    @BeforeAll
    static void start() {
        minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(1));
        engine = LocalClickHouse.start(data, 0);
        ClickHouseAddress address =
                new ClickHouseAddress(engine.url(), engine.user(), Optional.of(engine.passwordFile()));
        Migrator.migrate(engine.url(), engine.user(), address.password(), Tables.DATABASE);
        sql = new SqlClient(address);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void empty() throws Exception {
        for (String table : List.of("service_requests", "golden_signals_partials", "device_metrics")) {
            rows("TRUNCATE TABLE " + table, Duration.ofSeconds(10));
        }
        request("before", 0, 100, -70, -60);
        look();
    }

    @Test
    void rowsThatAppearedAreCountedWithHowLateTheyCame() throws Exception {
        insert(
                "service_requests",
                "event_id, event_time, service, operation, region, kafka_partition, kafka_offset, appended_at, stored_at",
                "toString(number), %s, 'mixer-api', 'export', 'eu', 0, 100 + number, %s, %s + INTERVAL number SECOND FROM numbers(1, 100)"
                        .formatted(at(0), at(0), at(0)));

        StoredMinute seen = look();

        assertThat(seen.stored()).containsEntry(REQUESTS, 100L).containsEntry("ag06.audio-frames", 0L);
        Freshness late = seen.freshness().get("event-archive");
        assertThat(late.p50Us().orElseThrow()).isCloseTo(50_000_000L, within(1_000_000L));
        assertThat(late.p99Us().orElseThrow()).isCloseTo(99_000_000L, within(2_000_000L));
        assertThat(look().stored()).containsEntry(REQUESTS, 0L); // Each row once.
    }

    @Test
    void anEventFromTheFutureIsNegativelyLate() throws Exception {
        request("ahead", 0, 101, 30, 20);

        assertThat(look().freshness().get("event-archive").p50Us().orElseThrow())
                .isCloseTo(-10_000_000L, within(100_000L));
    }

    @Test
    void repeatsAreCountedWithinTheMinuteAndAgainstTheTimeBefore() throws Exception {
        request("before", 1, 5, 1, 2); // In another partition.
        request("new", 0, 101, 1, 2);
        request("new", 0, 102, 9, 10); // With another time: it is the identity that counts.
        request("new", 1, 6, 9, 10);
        request("other", 0, 103, 1, 2);

        assertThat(look().repeats()).containsEntry(REQUESTS, 3L);
    }

    @Test
    void whatCameBeforeTheLookBackIsForgotten() throws Exception {
        request("before", 0, 101, 1, 2);

        StoredMinute seen = rows.look(minute, minute.plusSeconds(60), Optional.of(Map.of(REQUESTS, Map.of(0, 101L))));

        assertThat(seen.repeats()).containsEntry(REQUESTS, 0L);
    }

    @Test
    void anEventCanBeQueriedAsASumWhenTheFirstBlockCoversIt() throws Exception {
        request("first", 0, 101, 0, 1);
        request("second", 0, 102, 0, 1);
        request("third", 0, 103, 0, 1);
        sums(0, 101, 102, 7, 1); // Stored after 7 s: covers the first two.
        sums(0, 103, 103, 9, 2);

        Freshness late = look().freshness().get("golden-signals");

        assertThat(late.p50Us().orElseThrow()).isCloseTo(7_000_000L, within(70_000L));
        assertThat(late.p99Us().orElseThrow()).isBetween(6_930_000L, 9_090_000L);
    }

    @Test
    void afterAGapOnlyWhatWasStoredInThisMinuteCounts() throws Exception {
        away = true;
        assertThat(look()).isEqualTo(StoredMinute.UNKNOWN);
        away = false;
        request("in the gap", 0, 101, -50, -30);
        request("in the minute", 0, 102, 0, 5);
        sums(0, 101, 101, -20, 1);
        sums(0, 102, 102, 8, 2);

        StoredMinute seen = look();

        assertThat(seen.stored()).containsEntry(REQUESTS, 1L);
        assertThat(seen.freshness().get("event-archive").p50Us().orElseThrow()).isCloseTo(5_000_000L, within(50_000L));
        assertThat(seen.freshness().get("golden-signals").p99Us().orElseThrow()).isBetween(7_920_000L, 58_580_000L);
    }

    @Test
    void theSpoolsAreThoseThatTheAgentsSaidLast() throws Exception {
        spool("a", 10, 900, 90_000);
        spool("a", 20, 5, 500);
        spool("b", 30, 7, 80_000);
        spool("silent", -300, 1_000, 99_999);

        StoredMinute seen = look();

        assertThat(seen.spool().records()).hasValue(12);
        assertThat(seen.spool().bytes()).hasValue(80_500);
        assertThat(seen.spools()).extracting(DeviceSpool::deviceId).containsExactly("b", "a");
        assertThat(seen.spools().get(0).fill()).isEqualTo(0.8);
    }

    private StoredMinute look() throws InterruptedException {
        return rows.look(minute, minute.plusSeconds(60), Optional.of(Map.of(REQUESTS, Map.of(0, 0L, 1, 0L))));
    }

    /** A request that happened and was stored so many seconds after the minute began. */
    private static void request(String id, int partition, long offset, int happened, int stored) throws Exception {
        insert(
                "service_requests",
                "event_id, event_time, service, operation, region, kafka_partition, kafka_offset, appended_at, stored_at",
                "'%s', %s, 'mixer-api', 'export', 'eu', %d, %d, %s, %s"
                        .formatted(id, at(happened), partition, offset, at(happened), at(stored)));
    }

    private static void sums(int partition, long first, long last, int stored, long block) throws Exception {
        insert(
                "golden_signals_partials",
                "entity_kind, entity_id, window_start, kafka_topic, kafka_partition, offset_first, offset_last, sink_block, stored_at",
                "'service', 'mixer-api', toDateTime(%s), '%s', %d, %d, %d, %d, %s"
                        .formatted(at(0), REQUESTS, partition, first, last, block, at(stored)));
    }

    private static void spool(String device, int happened, long records, long bytes) throws Exception {
        insert(
                "device_metrics",
                "device_id, event_time, spool_records, spool_bytes, spool_limit_bytes, kafka_partition, kafka_offset, appended_at",
                "'%s', %s, %d, %d, 100000, 0, %d, %s"
                        .formatted(device, at(happened), records, bytes, happened + 1_000, at(happened)));
    }

    private static void insert(String table, String columns, String values) throws Exception {
        rows(
                "INSERT INTO %s (%s) SETTINGS async_insert = 0, insert_deduplicate = 0 SELECT %s"
                        .formatted(table, columns, values),
                Duration.ofSeconds(10));
    }

    private static String at(int second) {
        return "fromUnixTimestamp64Micro(%d, 'UTC')"
                .formatted(minute.plusSeconds(second).toEpochMilli() * 1_000);
    }

    private static List<JsonNode> rows(String query, Duration timeout) throws IOException, InterruptedException {
        if (away) {
            throw new IOException("no answer");
        }
        try {
            return sql.rows(query, timeout);
        } catch (IOException e) {
            throw new AssertionError(query, e); // What the monitor asks must be what the engine understands.
        }
    }
}
