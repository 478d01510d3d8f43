package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GoldenSignalsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void fourRequestsByHand() {
        var signals = only(GoldenSignals.finish(partials(
                request(10_000_000, 200, 0),
                request(12_000_000, 200, 1),
                request(15_000_000, 404, 1),
                request(19_999_999, 503, 2_000_000))));

        assertThat(signals.windowStart()).isEqualTo(Instant.parse("1970-01-01T00:00:10Z"));
        assertThat(signals.windowEnd()).isEqualTo(Instant.parse("1970-01-01T00:00:20Z"));
        assertThat(signals.events()).isEqualTo(4);
        assertThat(signals.eventsPerSecond()).isEqualTo(0.4);
        assertThat(signals.bytes()).hasValue(120);
        assertThat(signals.errors()).isEqualTo(1);
        assertThat(signals.errorRatio()).hasValue(0.25);
        // Ranks: floor(0.5 * 3) = 1, floor(0.99 * 3) = 2; 0 comes first, then the two of 1 us, whose bin's value is
        // 1.01.
        assertThat(signals.latencyUs(500)).hasValue(1.01);
        assertThat(signals.latencyUs(990)).hasValue(1.01);
        assertThat(signals.latencyUs(1000)).hasValue(LatencyBins.value(LatencyBins.bin(2_000_000)));
        assertThat(signals.latencyOk().count()).isEqualTo(3);
        assertThat(signals.slowEvents()).isEqualTo(1);
        assertThat(signals.saturationMax()).isEmpty();
        assertThat(signals.missingFrames()).isEmpty();
    }

    @Test
    void theExampleOfThePage() {
        // docs/golden-signals.md, "Worked example".
        var signals = only(GoldenSignals.finish(partials(
                request(0, 200, 1_000), request(0, 200, 1_005), request(0, 404, 20_000), request(0, 503, 2_250_000))));

        assertThat(signals.latency().counts()).isEqualTo(Map.of(345, 2L, 495, 1L, 731, 1L));
        assertThat(signals.latencyOk().counts()).isEqualTo(Map.of(345, 2L, 495, 1L));
        assertThat(signals.latencyUs(500).orElseThrow()).isCloseTo(1_002.4, within(0.05));
        assertThat(signals.latencyUs(990).orElseThrow()).isCloseTo(20_136.3, within(0.05));
        assertThat(signals.slowEvents()).isOne();
    }

    @Test
    void aServiceThatOnlyReportedItsLoadHasNoRatioAndNoPercentile() {
        var load = new LoadEvent(0, "mixer-api", 0.25, 0.5, 0, 0);
        var signals = only(GoldenSignals.finish(Map.of(load.key(), SignalsPartial.of(load))));

        assertThat(signals.key()).isEqualTo(new SignalsKey("service", "mixer-api", "", "", 0));
        assertThat(signals.events()).isZero();
        assertThat(signals.eventsPerSecond()).isZero();
        assertThat(signals.errorRatio()).isEmpty();
        assertThat(signals.latencyUs(990)).isEmpty();
        assertThat(signals.saturationMax()).hasValue(0.5);
    }

    @Test
    void framesMissingWithinABucketAreErrorsAndTraffic() {
        // 0, 1, 4, 5: two are missing.
        var signals = only(GoldenSignals.finish(partials(frame(0, 0), frame(1, 1), frame(2, 4), frame(3, 5))));

        assertThat(signals.missingFrames()).hasValue(2);
        assertThat(signals.events()).isEqualTo(6);
        assertThat(signals.errors()).isEqualTo(2);
        assertThat(signals.errorRatio()).hasValue(2 / 6.0);
        assertThat(signals.bytes()).isEmpty();
        assertThat(signals.latency().count()).isEqualTo(4);
    }

    @Test
    void framesMissingBetweenBucketsCountInTheLater() {
        // 0, 1 | nothing for 20 s | 7, 8: five are missing, in the bucket of 7.
        var signals = GoldenSignals.finish(partials(frame(0, 0), frame(1, 1), frame(31, 7), frame(32, 8)));

        assertThat(signals).extracting(s -> s.missingFrames().getAsLong()).containsExactly(0L, 5L);
        assertThat(signals).extracting(GoldenSignals::events).containsExactly(2L, 7L);
    }

    @Test
    void aFrameThatArrivesAfterAllFillsTheGap() {
        var withGap = GoldenSignals.finish(partials(frame(0, 0), frame(11, 2)));
        var filled = GoldenSignals.finish(partials(frame(0, 0), frame(11, 2), frame(9, 1)));

        assertThat(withGap).extracting(GoldenSignals::errors).containsExactly(0L, 1L);
        assertThat(filled).extracting(GoldenSignals::errors).containsExactly(0L, 0L);
    }

    @Test
    void streamsDoNotFillEachOthersGaps() {
        var other = new FrameEvent(0, "ag06", "another", 1, 0, 0, 5);
        var signals = GoldenSignals.finish(
                partials(frame(0, 0), frame(1, 2), new Part(other.key(), SignalsPartial.of(other, SECOND))));

        assertThat(signals).extracting(s -> s.missingFrames().getAsLong()).containsExactly(0L, 1L);
    }

    @Test
    void aFrameSentTwiceHidesNoGapOfAnotherBucket() {
        var signals = GoldenSignals.finish(partials(frame(0, 0), frame(1, 0), frame(10, 3)));
        assertThat(signals).extracting(s -> s.missingFrames().getAsLong()).containsExactly(0L, 2L);
    }

    @Test
    void whatIsMissingBeforeTheFirstFrameCantBeTold() {
        assertThat(only(GoldenSignals.finish(partials(frame(0, 100)))).missingFrames())
                .hasValue(0);
    }

    @Test
    void readingsOfADeviceDoNotBreakItsStreams() {
        var reading = new DeviceEvent(12_000_000, "ag06", 0.5, 1, 2, 1, 2, 0, 0, 1);
        var signals = GoldenSignals.finish(
                partials(frame(0, 0), new Part(reading.key(), SignalsPartial.of(reading)), frame(20, 2)));

        assertThat(signals)
                .extracting(s -> s.key().operation(), s -> s.missingFrames().getAsLong())
                .containsExactly(tuple("", 0L), tuple("take-1", 0L), tuple("take-1", 1L));
    }

    @Test
    void aMinuteIsItsTenSecondsAdded() {
        var minute =
                only(GoldenSignals.finish(partials(frame(0, 0), frame(12, 2), frame(25, 3), frame(59, 9)), MINUTE));

        assertThat(minute.missingFrames()).hasValue(1 + 5);
        assertThat(minute.events()).isEqualTo(10);
        assertThat(minute.eventsPerSecond()).isEqualTo(10 / 60.0);
        assertThat(minute.windowEnd()).isEqualTo(Instant.ofEpochSecond(60));
    }

    @Test
    void aGapAcrossAMinutesEndCountsInTheLaterMinute() {
        var minutes = GoldenSignals.finish(partials(frame(59, 0), frame(60, 4)), MINUTE);
        assertThat(minutes).extracting(s -> s.missingFrames().getAsLong()).containsExactly(0L, 3L);
    }

    @Test
    void withoutPartialsThereIsNothing() {
        assertThat(GoldenSignals.finish(Map.of())).isEmpty();
    }

    @Property(tries = 200)
    void howEventsAreSplitAndOrderedMakesNoDifference(
            @ForAll("frames") List<FrameEvent> frames,
            @ForAll @IntRange(min = 1, max = 5) int parts,
            @ForAll long seed) {
        var shuffled = new ArrayList<>(frames);
        var random = new Random(seed);
        Collections.shuffle(shuffled, random);
        List<Map<SignalsKey, SignalsPartial>> split = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            split.add(new TreeMap<>());
        }
        for (var frame : shuffled) {
            split.get(random.nextInt(parts)).merge(frame.key(), SignalsPartial.of(frame, SECOND), SignalsPartial::plus);
        }
        var merged = new TreeMap<SignalsKey, SignalsPartial>();
        split.forEach(part -> part.forEach((key, partial) -> merged.merge(key, partial, SignalsPartial::plus)));

        var atOnce = new TreeMap<SignalsKey, SignalsPartial>();
        frames.forEach(frame -> atOnce.merge(frame.key(), SignalsPartial.of(frame, SECOND), SignalsPartial::plus));

        assertThat(GoldenSignals.finish(merged)).isEqualTo(GoldenSignals.finish(atOnce));
        assertThat(GoldenSignals.finish(merged, MINUTE)).isEqualTo(GoldenSignals.finish(atOnce, MINUTE));
    }

    @Property(tries = 200)
    void theFramesThatCameAndThoseMissingAreAllThereAreBetweenFirstAndLast(
            @ForAll @IntRange(min = 1, max = 2_000) int length, @ForAll long seed) {
        var random = new Random(seed);
        List<Part> came = new ArrayList<>();
        for (int sequence = 0; sequence < length; sequence++) {
            if (sequence == 0 || sequence == length - 1 || random.nextInt(3) > 0) {
                var frame = new FrameEvent(sequence * 100_000L, "ag06", "take-1", sequence, 0, 0, 5);
                came.add(new Part(frame.key(), SignalsPartial.of(frame, SECOND)));
            }
        }
        for (var grain : List.of(Bucket.LENGTH, MINUTE, Duration.ofHours(1))) {
            assertThat(GoldenSignals.finish(partials(came), grain).stream()
                            .mapToLong(GoldenSignals::events)
                            .sum())
                    .isEqualTo(length);
        }
    }

    @Provide
    Arbitrary<List<FrameEvent>> frames() {
        return Combinators.combine(
                        Arbitraries.longs().between(-100_000_000, 100_000_000),
                        Arbitraries.of("ag06", "ag03"),
                        Arbitraries.of("take-1", "take-2"),
                        Arbitraries.longs().between(0, 100),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, 2_000_000))
                .as((time, device, stream, sequence, xruns, latency) ->
                        new FrameEvent(time, device, stream, sequence, xruns, 0, latency))
                .list()
                .ofMaxSize(60);
    }

    private static Part request(long timeMicros, int status, long durationUs) {
        var request = new RequestEvent(timeMicros, "mixer-api", "export", "eu", status, false, durationUs, 10, 20);
        return new Part(request.key(), SignalsPartial.of(request, SECOND));
    }

    private static Part frame(long seconds, long sequence) {
        var frame = new FrameEvent(seconds * 1_000_000, "ag06", "take-1", sequence, 0, 0, 5_000);
        return new Part(frame.key(), SignalsPartial.of(frame, SECOND));
    }

    private static Map<SignalsKey, SignalsPartial> partials(Part... entries) {
        return partials(List.of(entries));
    }

    private static Map<SignalsKey, SignalsPartial> partials(List<Part> entries) {
        var partials = new TreeMap<SignalsKey, SignalsPartial>();
        entries.forEach(entry -> partials.merge(entry.key(), entry.partial(), SignalsPartial::plus));
        return partials;
    }

    private record Part(SignalsKey key, SignalsPartial partial) {}

    private static GoldenSignals only(List<GoldenSignals> signals) {
        assertThat(signals).hasSize(1);
        return signals.get(0);
    }
}
