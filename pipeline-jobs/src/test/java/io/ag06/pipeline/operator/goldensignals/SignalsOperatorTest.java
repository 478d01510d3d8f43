package io.ag06.pipeline.operator.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ag06.analytics.goldensignals.DeviceEvent;
import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.analytics.goldensignals.LoadEvent;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.Saturation;
import io.ag06.analytics.goldensignals.SequenceRange;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.analytics.goldensignals.SignalsPartial;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.row.BinCounts;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // The harness's close() declares Exception, of which an interrupt would be one.
class SignalsOperatorTest {
    private static final Duration SLOW_REQUEST = Duration.ofMillis(800);
    private static final Duration SLOW_FRAME = Duration.ofMillis(300);
    private static final int PLENTY = 1_000_000;
    private static final String TOPIC = "ag06.service-requests";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sumsAreThoseOfTheDefinitionInAnyOrderAndAnyParts(long seed) throws Exception {
        Random random = new Random(seed);
        List<SignalInput> events = randomEvents(random, 2_000);
        Map<SignalsKey, SignalsPartial> expected = byDefinition(events);

        assertThat(partials(run(events, PLENTY, 300))).isEqualTo(expected);
        Collections.shuffle(events, random);
        assertThat(partials(run(events, PLENTY, 170))).isEqualTo(expected);
        assertThat(partials(run(events, 7, PLENTY))).isEqualTo(expected);
    }

    /** A number says where to look first. Were it wrong, nothing would be. */
    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void theNumbersOfEntitiesAreHintsAndNothingMore(long seed) throws Exception {
        Random random = new Random(seed);
        List<SignalInput> events = randomEvents(random, 2_000);
        List<SignalInput> numbered = events.stream()
                .map(event -> new SignalInput(
                        event.topic(),
                        event.partition(),
                        event.offset(),
                        event.key(),
                        random.nextInt(4) - 1,
                        event.request(),
                        event.load(),
                        event.frame(),
                        event.device()))
                .toList();

        assertThat(partials(run(numbered, PLENTY, 300))).isEqualTo(byDefinition(events));
    }

    @Test
    void everySumIsWrittenOutBeforeACheckpointAndNothingIsKept() throws Exception {
        try (var operator = harness(PLENTY)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.processElement(request(0, 11, "b", 1), 0);
            assertThat(operator.extractOutputValues()).isEmpty();

            operator.prepareSnapshotPreBarrier(1);
            assertThat(operator.extractOutputValues()).hasSize(2);
            operator.prepareSnapshotPreBarrier(2);
            assertThat(operator.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void anOperatorThatIsRestoredKnowsNothingOfWhatWasWrittenOut() throws Exception {
        try (var operator = harness(PLENTY)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.prepareSnapshotPreBarrier(1);
            var snapshot = operator.snapshot(1, 1);
            try (var restored = new OneInputStreamOperatorTestHarness<>(operator(PLENTY))) {
                restored.setup();
                restored.initializeState(snapshot);
                restored.open();
                restored.processElement(request(0, 11, "a", 1), 0);
                restored.prepareSnapshotPreBarrier(2);

                assertThat(restored.extractOutputValues())
                        .extracting(GoldenSignalsPartialRow::events, GoldenSignalsPartialRow::offsetFirst)
                        .containsExactly(tuple(1L, 11L));
            }
        }
    }

    @Test
    void theEndOfTheInputWritesOutWhatIsLeft() throws Exception {
        try (var operator = harness(PLENTY)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.getOneInputOperator().finish();

            assertThat(operator.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void tooManySumsAreWrittenOutAheadOfTheCheckpoint() throws Exception {
        try (var operator = harness(3)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.processElement(request(0, 11, "b", 1), 0);
            operator.processElement(request(0, 12, "b", 1), 0);
            assertThat(operator.extractOutputValues()).isEmpty();

            operator.processElement(request(0, 13, "c", 1), 0);
            assertThat(operator.extractOutputValues()).hasSize(3);
        }
    }

    @Test
    void aRowCoversTheWholeStretchOfItsPartition() throws Exception {
        try (var operator = harness(PLENTY)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.processElement(request(0, 14, "b", 1), 0);
            operator.processElement(request(0, 19, "a", 1), 0);
            operator.prepareSnapshotPreBarrier(1);
            operator.processElement(request(0, 20, "a", 1), 0);
            operator.prepareSnapshotPreBarrier(2);

            assertThat(operator.extractOutputValues())
                    .extracting(
                            GoldenSignalsPartialRow::entityId,
                            GoldenSignalsPartialRow::offsetFirst,
                            GoldenSignalsPartialRow::offsetLast)
                    .containsExactlyInAnyOrder(tuple("a", 10L, 19L), tuple("b", 10L, 19L), tuple("a", 20L, 20L));
        }
    }

    @Test
    void twoPartitionsAndTwoTopicsStayApart() throws Exception {
        try (var operator = harness(PLENTY)) {
            operator.processElement(request(0, 10, "a", 1), 0);
            operator.processElement(request(1, 70, "a", 1), 0);
            operator.processElement(request(0, 11, "a", 1), 0);
            operator.processElement(SignalInput.of("ag06.service-metrics", 0, 5, load("a", 0.5)), 0);
            operator.prepareSnapshotPreBarrier(1);

            assertThat(operator.extractOutputValues())
                    .extracting(
                            GoldenSignalsPartialRow::kafkaTopic,
                            GoldenSignalsPartialRow::kafkaPartition,
                            GoldenSignalsPartialRow::offsetFirst,
                            GoldenSignalsPartialRow::offsetLast,
                            GoldenSignalsPartialRow::events)
                    .containsExactlyInAnyOrder(
                            tuple(TOPIC, 0, 10L, 11L, 2L),
                            tuple(TOPIC, 1, 70L, 70L, 1L),
                            tuple("ag06.service-metrics", 0, 5L, 5L, 0L));
        }
    }

    private static SignalInput request(int partition, long offset, String service, long micros) {
        return SignalInput.of(
                TOPIC, partition, offset, new RequestEvent(micros, service, "GET", "eu", 200, false, 5, 1, 2));
    }

    private static LoadEvent load(String service, double cpu) {
        return new LoadEvent(1, service, cpu, 0.25, 3, 0);
    }

    private static List<SignalInput> randomEvents(Random random, int count) {
        List<SignalInput> events = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            long micros = 1_772_366_400_000_000L + random.nextInt(60_000_000);
            String entity = "e" + random.nextInt(4);
            int partition = random.nextInt(2);
            long latency = random.nextInt(10) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 18);
            events.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                            SignalInput.of(
                                    TOPIC,
                                    partition,
                                    offset,
                                    new RequestEvent(
                                            micros,
                                            entity,
                                            "op" + random.nextInt(2),
                                            "eu",
                                            random.nextBoolean() ? 200 : 503,
                                            random.nextBoolean(),
                                            latency,
                                            random.nextInt(9_999),
                                            random.nextInt(9_999)));
                        case 1 ->
                            SignalInput.of(
                                    "ag06.service-metrics",
                                    partition,
                                    offset,
                                    new LoadEvent(
                                            micros,
                                            entity,
                                            random.nextDouble(),
                                            random.nextDouble(),
                                            5,
                                            random.nextInt(9)));
                        case 2 ->
                            SignalInput.of(
                                    "ag06.audio-frames",
                                    partition,
                                    offset,
                                    new FrameEvent(
                                            micros,
                                            entity,
                                            "s1",
                                            offset,
                                            random.nextInt(2),
                                            random.nextInt(2),
                                            latency));
                        default ->
                            SignalInput.of(
                                    "ag06.device-metrics",
                                    partition,
                                    offset,
                                    new DeviceEvent(
                                            micros,
                                            entity,
                                            random.nextDouble(),
                                            1,
                                            2,
                                            3,
                                            4,
                                            random.nextDouble(),
                                            5,
                                            6));
                    });
        }
        return events;
    }

    private static Map<SignalsKey, SignalsPartial> byDefinition(List<SignalInput> events) {
        Map<SignalsKey, SignalsPartial> sums = new TreeMap<>();
        for (SignalInput event : events) {
            if (event.request() != null) {
                sums.merge(
                        event.request().key(), SignalsPartial.of(event.request(), SLOW_REQUEST), SignalsPartial::plus);
            } else if (event.load() != null) {
                sums.merge(event.load().key(), SignalsPartial.of(event.load()), SignalsPartial::plus);
            } else if (event.frame() != null) {
                sums.merge(event.frame().key(), SignalsPartial.of(event.frame(), SLOW_FRAME), SignalsPartial::plus);
            } else {
                sums.merge(event.device().key(), SignalsPartial.of(event.device()), SignalsPartial::plus);
            }
        }
        return sums;
    }

    private static List<GoldenSignalsPartialRow> run(List<SignalInput> events, int mostSums, int checkpointEvery)
            throws Exception {
        try (var operator = harness(mostSums)) {
            int processed = 0;
            for (SignalInput event : events) {
                operator.processElement(event, 0);
                if (++processed % checkpointEvery == 0) {
                    operator.prepareSnapshotPreBarrier(processed);
                }
            }
            operator.getOneInputOperator().finish();
            return operator.extractOutputValues();
        }
    }

    /** What a reader of the rows adds up. */
    private static Map<SignalsKey, SignalsPartial> partials(List<GoldenSignalsPartialRow> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> new SignalsKey(
                                row.entityKind(), row.entityId(), row.operation(), row.region(), row.windowStart()),
                        row -> new SignalsPartial(
                                row.events(),
                                row.bytes(),
                                row.errors(),
                                bins(row.latencyZeros(), row.latencyBins()),
                                bins(row.latencyOkZeros(), row.latencyOkBins()),
                                row.slowEvents(),
                                Saturation.of(row.saturation()),
                                row.sequenceMin() == null
                                        ? SequenceRange.NONE
                                        : new SequenceRange(row.sequenceMin(), row.sequenceMax())),
                        SignalsPartial::plus,
                        TreeMap::new));
    }

    private static LatencyBins bins(long zeros, BinCounts counts) {
        return LatencyBins.of(
                zeros,
                IntStream.range(0, counts.bins().length)
                        .boxed()
                        .collect(Collectors.toMap(i -> (int) counts.bins()[i], i -> counts.counts()[i])));
    }

    private static OneInputStreamOperatorTestHarness<SignalInput, GoldenSignalsPartialRow> harness(int mostSums)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(operator(mostSums));
        harness.open();
        return harness;
    }

    private static SignalsOperator operator(int mostSums) {
        return new SignalsOperator(SlowThresholds.of(SLOW_REQUEST, SLOW_FRAME), mostSums);
    }
}
