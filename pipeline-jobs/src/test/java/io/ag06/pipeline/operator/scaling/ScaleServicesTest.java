package io.ag06.pipeline.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingForecastRow;
import io.ag06.pipeline.row.ScalingRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // The harness's close() declares Exception, of which an interrupt would be one.
class ScaleServicesTest {
    private static final long START = 29_539_440;
    /** Of a snapshot; that of a service is some megabytes. */
    private static final int MOST_BYTES = 100 << 20;

    private static final int MOST_PARALLEL = 128;
    private static final List<String> SERVICES = List.of("mixer-api", "preset-sync", "login", "export");
    private static final ScalingTerms TERMS = new ScalingTerms(20, 2, 1, 1000, 1000, 1000, 1, 5);
    private static final Duration FORGET_AFTER = Duration.ofDays(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichAMinutesEventsComeChangesNothing(long seed) throws Exception {
        List<List<LoadPart>> minutes = minutes(150);
        List<List<LoadPart>> shuffled = new ArrayList<>();
        for (List<LoadPart> minute : minutes) {
            List<LoadPart> other = new ArrayList<>(minute);
            Collections.shuffle(other, new Random(seed));
            shuffled.add(other);
        }
        assertThat(texts(run(shuffled))).isEqualTo(texts(run(minutes))).isNotEmpty();
    }

    @Test
    void howManyServicesAreHeldInMemoryChangesNothing() throws Exception {
        List<List<LoadPart>> minutes = minutes(150);
        assertThat(texts(run(minutes, 1)))
                .isEqualTo(texts(run(minutes, SERVICES.size())))
                .isNotEmpty();
    }

    /** In memory, and in RocksDB as the job has it everywhere. */
    @ParameterizedTest
    @MethodSource("backends")
    void aServiceThatMovesToAnotherTaskGoesOnAsIfNothingHadHappened(StateBackend backend) throws Exception {
        List<List<LoadPart>> minutes = minutes(200);
        List<ScalingRow> expected = run(minutes);

        List<ScalingRow> rows = new ArrayList<>();
        OperatorSubtaskState halfWay;
        try (var one = harness(1, 0)) {
            one.setStateBackend(backend);
            one.open();
            feed(one, minutes.subList(0, 130), START);
            // Half of the next minute has come when the state is taken.
            for (LoadPart part : minutes.get(130).subList(0, 5)) {
                one.processElement(part, 0);
            }
            halfWay = one.snapshot(1, 1);
            rows.addAll(one.extractOutputValues());
        }
        for (int task = 0; task < 2; task++) {
            try (var two = harness(2, task)) {
                two.setStateBackend(backend);
                two.setup();
                two.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(halfWay, MOST_PARALLEL, 1, 2, task));
                two.open();
                List<List<LoadPart>> rest = new ArrayList<>();
                rest.add(minutes.get(130).subList(5, minutes.get(130).size()));
                rest.addAll(minutes.subList(131, minutes.size()));
                feed(two, ofTask(rest, 2, task), START + 130);
                rows.addAll(two.extractOutputValues());
            }
        }
        assertThat(texts(rows)).isEqualTo(texts(expected));
    }

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend(false));
    }

    @Test
    void eachMinuteIsForecastForAnHourAndEachHourForTwoDays() throws Exception {
        List<ScalingRow> rows = run(minutes(180));

        List<ScalingForecastRow> forecasts = rows.stream()
                .map(ScalingRow::forecast)
                .filter(Objects::nonNull)
                .filter(row -> row.service().equals("login"))
                .toList();
        assertThat(forecasts.stream().filter(row -> row.stepSeconds() == 60))
                .hasSize(180)
                .allSatisfy(row -> assertThat(row.mean()).hasSize(60));
        assertThat(forecasts.stream().filter(row -> row.stepSeconds() == 3600).map(ScalingForecastRow::madeAt))
                .containsExactly(seconds(START + 60), seconds(START + 120), seconds(START + 180));
        assertThat(decisions(rows, "login")).hasSize(180);
        assertThat(rows.stream().map(ScalingRow::accuracy).filter(Objects::nonNull))
                .allSatisfy(row -> assertThat(row.forecasts()).isLessThanOrEqualTo(60))
                .isNotEmpty();
    }

    @Test
    void whatIsLateCorrectsWhatComesAndRewritesNothing() throws Exception {
        try (var operator = harness(1, 0)) {
            operator.open();
            for (int i = 0; i < 100; i++) {
                operator.processElement(part("a", START + i, 20), 0);
                operator.processWatermark(LoadPart.endOf(START + i));
            }
            int before = operator.extractOutputValues().size();
            operator.processElement(part("a", START + 95, 500), 0);
            operator.processWatermark(LoadPart.endOf(START + 100));

            List<ScalingRow> rows = operator.extractOutputValues();
            assertThat(rows.subList(before, rows.size()))
                    .extracting(row -> row.decision() == null
                            ? row.forecast().madeAt()
                            : row.decision().decidedAt())
                    .containsOnly(seconds(START + 101));
            assertThat(rows.get(rows.size() - 1).decision().version()).isEqualTo(2500);
        }
    }

    @Test
    void aServiceThatIsNotHeardAnyMoreIsForgotten() throws Exception {
        try (var operator = harness(1, 0)) {
            operator.open();
            operator.processElement(part("a", START, 20), 0);
            operator.processElement(part("b", START, 20), 0);
            operator.processWatermark(LoadPart.endOf(START));
            operator.snapshot(1, 1);
            assertThat(operator.numKeyedStateEntries()).isEqualTo(2);
            assertThat(operator.numEventTimeTimers()).isEqualTo(2);

            operator.processElement(part("b", START + 3 * 1440, 20), 0);
            operator.processWatermark(LoadPart.endOf(START + 3 * 1440));
            operator.snapshot(2, 2);
            assertThat(operator.numKeyedStateEntries()).isEqualTo(1);
            operator.processWatermark(LoadPart.endOf(START + 6 * 1440));
            operator.snapshot(3, 3);
            assertThat(operator.numKeyedStateEntries()).isZero();
            assertThat(operator.numEventTimeTimers()).isZero();

            // For a silent hour something was announced; nothing between that and its return, which was a new
            // beginning.
            assertThat(decisions(operator.extractOutputValues(), "b"))
                    .hasSize(2 * 60)
                    .extracting(ScalingDecisionRow::version)
                    .containsOnly(20L);
        }
    }

    @Test
    void aStrayEventOfLongAgoBeginsNoService() throws Exception {
        try (var operator = harness(1, 0)) {
            operator.open();
            operator.processWatermark(LoadPart.endOf(START));
            operator.processElement(part("a", START - 400 * 1440, 1), 0);
            operator.processWatermark(LoadPart.endOf(START + 1));
            assertThat(operator.extractOutputValues()).isEmpty();
            assertThat(operator.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void atTheEndOfTheInputNoMinutesAreMadeUp() throws Exception {
        try (var operator = harness(1, 0)) {
            operator.open();
            operator.processElement(part("a", START, 20), 0);
            operator.processElement(part("a", START + 3, 20), 0);
            operator.processWatermark(Long.MAX_VALUE);
            assertThat(decisions(operator.extractOutputValues(), "a"))
                    .extracting(ScalingDecisionRow::load)
                    .containsExactly(20.0, 0.0, 0.0, 20.0);
        }
    }

    /** A stray event of fifty years ago is among them: what lies between is not gone through minute by minute. */
    @Test
    void whatIsReadToItsEndIsAnnouncedAsItWouldHaveBeenInItsTime() throws Exception {
        List<LoadPart> parts = new ArrayList<>();
        parts.add(part("a", 0, 1));
        // Silent for less than after what it is forgotten, for as long as that, and for longer.
        for (long begins : new long[] {START, START + 80, START + 81 + 1440, START + 82 + 2881, START + 6 * 1440}) {
            parts.add(part("a", begins, 20));
            parts.add(part("a", begins + 1, 30));
        }
        parts.add(part("b", START + 7, 5));
        parts.add(part("b", START + 700, 5));
        Map<String, Long> last = Map.of("a", START + 6 * 1440 + 1, "b", START + 700);

        List<ScalingRow> inItsTime;
        try (var live = harness(1, 0)) {
            live.open();
            List<LoadPart> inOrder = new ArrayList<>(parts);
            inOrder.sort(Comparator.comparingLong(LoadPart::minute));
            for (LoadPart part : inOrder) {
                live.processWatermark(LoadPart.endOf(part.minute() - 1));
                live.processElement(part, 0);
            }
            live.processWatermark(LoadPart.endOf(START + 6 * 1440 + 1));
            inItsTime = live.extractOutputValues();
        }
        try (var backfill = harness(1, 0)) {
            backfill.open();
            for (LoadPart part : parts) {
                backfill.processElement(part, 0);
            }
            backfill.processWatermark(Long.MAX_VALUE);

            assertThat(texts(backfill.extractOutputValues()))
                    .isEqualTo(texts(inItsTime.stream()
                            .filter(row -> minuteOf(row) <= last.get(serviceOf(row)))
                            .toList()))
                    .hasSizeBetween(1000, 10_000);
        }
    }

    private static String serviceOf(ScalingRow row) {
        return row.decision() != null
                ? row.decision().service()
                : row.forecast() != null
                        ? row.forecast().service()
                        : row.accuracy().service();
    }

    /** The minute at whose end it was announced, or, of an accuracy, the last of its window. */
    private static long minuteOf(ScalingRow row) {
        int seconds = row.decision() != null
                ? row.decision().decidedAt()
                : row.forecast() != null
                        ? row.forecast().madeAt()
                        : row.accuracy().windowEnd();
        return seconds / 60L - 1;
    }

    private static List<ScalingRow> run(List<List<LoadPart>> minutes) throws Exception {
        return run(minutes, 2);
    }

    private static List<ScalingRow> run(List<List<LoadPart>> minutes, int mostInMemory) throws Exception {
        try (var operator = harness(1, 0, mostInMemory)) {
            operator.open();
            feed(operator, minutes, START);
            return operator.extractOutputValues();
        }
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, LoadPart, ScalingRow> operator,
            List<List<LoadPart>> minutes,
            long first)
            throws Exception {
        long minute = first;
        for (List<LoadPart> parts : minutes) {
            for (LoadPart part : parts) {
                operator.processElement(part, 0);
            }
            operator.processWatermark(LoadPart.endOf(minute++));
        }
    }

    private static List<List<LoadPart>> ofTask(List<List<LoadPart>> minutes, int parallelism, int task) {
        return minutes.stream()
                .map(parts -> parts.stream()
                        .filter(part -> KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                        part.service(), MOST_PARALLEL, parallelism)
                                == task)
                        .toList())
                .toList();
    }

    /** Several parts of each service in each minute, and some of the minute before that come late. */
    private static List<List<LoadPart>> minutes(int count) {
        Random random = new Random(5);
        List<List<LoadPart>> minutes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<LoadPart> parts = new ArrayList<>();
            for (String service : SERVICES) {
                parts.add(part(service, START + i, 10 + random.nextInt(20)));
                parts.add(part(service, START + i, random.nextInt(20)));
                parts.add(LoadPart.ofMinute(
                        service,
                        START + i,
                        MinuteLoad.ofReading(i, random.nextDouble(), random.nextDouble(), 3, 10, 2)));
                if (i > 5 && random.nextInt(4) == 0) {
                    parts.add(part(service, START + i - 5, 7));
                }
            }
            minutes.add(parts);
        }
        return minutes;
    }

    private static LoadPart part(String service, long minute, long requests) {
        return LoadPart.ofMinute(service, minute, MinuteLoad.ofRequests(requests));
    }

    private static List<ScalingDecisionRow> decisions(List<ScalingRow> rows, String service) {
        return rows.stream()
                .map(ScalingRow::decision)
                .filter(Objects::nonNull)
                .filter(row -> row.service().equals(service))
                .toList();
    }

    /** All values, by what the row is of. */
    private static Map<String, String> texts(List<ScalingRow> rows) {
        Map<String, String> texts = new TreeMap<>();
        for (ScalingRow row : rows) {
            String before = row.forecast() != null
                    ? texts.put(
                            "forecast %s %d %d"
                                    .formatted(
                                            row.forecast().service(),
                                            row.forecast().stepSeconds(),
                                            row.forecast().madeAt()),
                            text(row.forecast()))
                    : row.accuracy() != null
                            ? texts.put(
                                    "accuracy %s %d %d %d"
                                            .formatted(
                                                    row.accuracy().service(),
                                                    row.accuracy().stepSeconds(),
                                                    row.accuracy().ahead(),
                                                    row.accuracy().windowStart()),
                                    row.accuracy().toString())
                            : texts.put(
                                    "decision %s %d"
                                            .formatted(
                                                    row.decision().service(),
                                                    row.decision().decidedAt()),
                                    row.decision().toString());
            assertThat(before).as("announced once").isNull();
        }
        return texts;
    }

    private static String text(ScalingForecastRow row) {
        return Arrays.toString(row.mean())
                + Arrays.toString(row.lo80())
                + Arrays.toString(row.hi80())
                + Arrays.toString(row.lo95())
                + Arrays.toString(row.hi95())
                + row.assumptions()
                + row.version();
    }

    private static int seconds(long minute) {
        return (int) (minute * 60);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LoadPart, ScalingRow> harness(
            int parallelism, int task) throws Exception {
        return harness(parallelism, task, 2);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LoadPart, ScalingRow> harness(
            int parallelism, int task, int mostInMemory) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new ScaleServices(TERMS, FORGET_AFTER, mostInMemory),
                LoadPart::service,
                Types.STRING,
                MOST_PARALLEL,
                parallelism,
                task);
        harness.setCheckpointStorage(new JobManagerCheckpointStorage(MOST_BYTES));
        return harness;
    }
}
