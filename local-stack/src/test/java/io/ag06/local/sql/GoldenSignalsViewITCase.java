package io.ag06.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.GoldenSignals;
import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.analytics.goldensignals.SignalsPartial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The views finish partials as {@link GoldenSignals} does, to the bit: what {@code backfill} writes is what the views
 * show.
 */
class GoldenSignalsViewITCase {
    private static final int LARGEST_BIN = 2183;

    @TempDir
    static Path data;

    private static OwnClickHouse database;
    private static Map<SignalsKey, SignalsPartial> partials;

    @BeforeAll
    static void start() {
        database = OwnClickHouse.start(data);
        database.migrate("ag06");
        database.use("ag06");
        // The events have fixed times, which retention would one day drop.
        database.run("ALTER TABLE ag06.golden_signals_partials REMOVE TTL");
        var random = new RandomSignals(20261123);
        // Stored as a job stores them: in many rows of one key, none of which is whole.
        for (int block = 0; block < 6; block++) {
            database.run(PartialRows.insert("ag06.golden_signals_partials", random.someOfTheEvents()));
        }
        partials = random.partials();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"golden_signals, PT10S", "golden_signals_1m, PT1M", "golden_signals_1h, PT1H", "golden_signals_1d, P1D"
    })
    void theViewShowsWhatTheMathsFinishes(String view, Duration length) {
        var expected =
                GoldenSignals.finish(partials, length).stream().map(ViewRow::of).toList();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(expected)
                .anySatisfy(row -> assertThat(row.missingFrames()).isNotNull().isPositive());

        assertThat(rowsOf(view, "")).isEqualTo(expected);
    }

    @Test
    void aConditionOnTimeCutsNothingOffTheGapsBeforeIt() {
        var expected = GoldenSignals.finish(partials, Duration.ofMinutes(1)).stream()
                .map(ViewRow::of)
                .filter(row -> row.windowStart().compareTo(RandomSignals.MIDDLE) >= 0)
                .toList();
        assertThat(expected).isNotEmpty();

        assertThat(rowsOf("golden_signals_1m", "WHERE window_start >= '" + text(RandomSignals.MIDDLE) + "'"))
                .isEqualTo(expected);
    }

    @Test
    void aConditionOnServiceAndTimeReadsOnlyThatDaysPart() {
        var plan = database.column("EXPLAIN indexes = 1 SELECT latency_p99_us FROM ag06.golden_signals_1m"
                + " WHERE entity_kind = 'service' AND entity_id = 'mixer-api' AND window_start >= '"
                + text(RandomSignals.MIDDLE) + "'");

        var ofPartials = plan.stream()
                .map(String::strip)
                .dropWhile(line -> !line.contains("ReadFromMergeTree"))
                .toList();
        assertThat(ofPartials).anySatisfy(line -> assertThat(line).contains("toStartOfInterval(window_start, 60) in"));
        // The second reading is that of the devices' gaps, of which a service has none.
        assertThat(plan.stream().map(String::strip).filter(line -> line.contains("Parts: 0")))
                .isNotEmpty();
    }

    @Test
    void whatIsHappeningNowIsOneRowForEachServiceAndDevice() {
        var now = database.column("SELECT toUnixTimestamp(toStartOfMinute(now('UTC')))")
                .get(0);
        var lastMinute = Long.parseLong(now) - 60;
        var seen = new TreeMap<SignalsKey, SignalsPartial>();
        for (var region : List.of("eu", "us")) {
            var request = new RequestEvent(lastMinute * 1_000_000, "live", "export", region, 503, false, 1_000, 40, 60);
            seen.put(request.key(), SignalsPartial.of(request, Duration.ofSeconds(1)));
        }
        for (int sequence : List.of(0, 3)) {
            var frame =
                    new FrameEvent((lastMinute + 10L * sequence) * 1_000_000, "live", "take", sequence, 0, 0, 1_000);
            seen.put(frame.key(), SignalsPartial.of(frame, Duration.ofSeconds(1)));
        }
        // A table of its own, so that the other tests see nothing of it.
        database.migrate("now");
        database.run(PartialRows.insert("now.golden_signals_partials", seen));

        assertThat(database.rows(
                        "SELECT service, requests, error_ratio, round(latency_p50_us) FROM now.v_service_health_now",
                        row -> row.getString(1) + " " + row.getLong(2) + " " + row.getDouble(3) + " " + row.getLong(4)))
                .containsExactly("live 2 1.0 1002");
        assertThat(database.rows(
                        "SELECT device_id, frames, missing_frames, error_ratio FROM now.v_device_health_now",
                        row -> row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3) + " " + row.getDouble(4)))
                .containsExactly("live 4 2 0.5");
    }

    @Test
    void everyQuestionOfThePageHasAnAnswer() throws IOException {
        var page = Files.readString(Path.of("../docs/golden-signals.md"));
        var questions = Pattern.compile("```sql\\n(.*?);\\n```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(questions).hasSize(5);
        for (var question : questions) {
            assertThatCode(() -> database.column(question)).as(question).doesNotThrowAnyException();
        }
    }

    @Test
    void everyBinsValueIsTheSameDouble() {
        var values = database.rows(
                "SELECT ag06_bin_value(toInt16(number)) FROM numbers(" + (LARGEST_BIN + 1) + ") ORDER BY number",
                row -> row.getDouble(1));
        assertThat(values)
                .isEqualTo(IntStream.rangeClosed(0, LARGEST_BIN)
                        .mapToObj(LatencyBins::value)
                        .toList());
    }

    @Test
    void storedOffsetsAreReadFromTheProjection() {
        var plan = database.column("EXPLAIN SELECT max(offset_last) FROM ag06.golden_signals_partials"
                + " WHERE kafka_topic = 'ag06.audio-frames' AND kafka_partition = 0");
        assertThat(plan).anySatisfy(line -> assertThat(line).contains("kafka_offsets"));
    }

    private static List<ViewRow> rowsOf(String view, String where) {
        return database.rows(
                "SELECT * FROM ag06." + view + " " + where
                        + " ORDER BY entity_kind, entity_id, operation, region, window_start",
                ViewRow::of);
    }

    private static String text(Instant instant) {
        return instant.toString().replace('T', ' ').replace("Z", "");
    }
}
