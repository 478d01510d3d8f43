package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsPartialTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Property
    void partialsAddInAnyOrder(@ForAll("partials") SignalsPartial a, @ForAll("partials") SignalsPartial b) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
    }

    @Property
    void partialsAddInAnyGroups(
            @ForAll("partials") SignalsPartial a,
            @ForAll("partials") SignalsPartial b,
            @ForAll("partials") SignalsPartial c) {
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    }

    @Property
    void nothingAddsNothing(@ForAll("partials") SignalsPartial a) {
        assertThat(a.plus(SignalsPartial.NONE)).isEqualTo(a);
    }

    @Provide
    Arbitrary<SignalsPartial> partials() {
        var bins = Arbitraries.maps(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.longs().between(1, 1_000))
                .ofMaxSize(6);
        var counts = Arbitraries.longs().between(0, 1_000_000);
        var saturation = Arbitraries.maps(
                        Arbitraries.of(Saturation.CPU, Saturation.MEMORY, Saturation.INFLIGHT),
                        Arbitraries.doubles().between(0, 1))
                .map(Saturation::of);
        var sequences = Combinators.combine(counts, counts)
                .as((from, length) -> length == 0 ? SequenceRange.NONE : new SequenceRange(from, from + length));
        return Combinators.combine(counts, counts, counts, bins, counts, bins, saturation, sequences)
                .as((events, bytes, errors, latency, zeros, ok, resources, range) -> new SignalsPartial(
                        events,
                        bytes,
                        errors,
                        LatencyBins.of(zeros, latency),
                        LatencyBins.of(zeros, ok),
                        errors,
                        resources,
                        range));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 200, 0",
        "false, 404, 0",
        "false, 499, 0",
        "false, 500, 1",
        "false, 503, 1",
        "true, 200, 1",
        "true, 0, 1"
    })
    void aRequestFailsByItsOwnWordOrByAServersStatus(boolean error, int status, long errors) {
        var request = new RequestEvent(0, "mixer-api", "export", "eu", status, error, 300, 10, 20);
        var partial = SignalsPartial.of(request, SECOND);

        assertThat(partial.errors()).isEqualTo(errors);
        assertThat(partial.bytes()).isEqualTo(30);
        assertThat(partial.latency()).isEqualTo(LatencyBins.of(300));
        assertThat(partial.latencyOk()).isEqualTo(errors == 0 ? LatencyBins.of(300) : LatencyBins.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"999999, 0", "1000000, 0", "1000001, 1"})
    void onlyALatencyAboveTheThresholdIsSlow(long durationUs, long slow) {
        var request = new RequestEvent(0, "mixer-api", "export", "eu", 200, false, durationUs, 0, 0);
        assertThat(SignalsPartial.of(request, SECOND).slowEvents()).isEqualTo(slow);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1", "0, 1, 1", "2, 5, 1"})
    void aFrameIsOneErrorHoweverManyXrunsAndClippedSamplesItHas(int xruns, long clipped, long errors) {
        var partial = SignalsPartial.of(new FrameEvent(0, "ag06", "s", 17, xruns, clipped, 0), SECOND);

        assertThat(partial.errors()).isEqualTo(errors);
        assertThat(partial.sequences()).isEqualTo(new SequenceRange(17, 17));
        assertThat(partial.latency().zeros()).isOne();
    }

    @Test
    void readingsAreNoEvents() {
        var load = SignalsPartial.of(new LoadEvent(0, "mixer-api", 0.5, 0.25, 30, 40));
        assertThat(load.events()).isZero();
        assertThat(load.saturation()).isEqualTo(Saturation.of(Map.of("cpu", 0.5, "memory", 0.25, "inflight", 0.75)));

        var device = SignalsPartial.of(new DeviceEvent(0, "ag06", 0.5, 1, 4, 9, 10, 0.125, 0, 64));
        assertThat(device.events()).isZero();
        assertThat(device.saturation())
                .isEqualTo(
                        Saturation.of(Map.of("cpu", 0.5, "memory", 0.25, "disk", 0.9, "buffer", 0.125, "spool", 0.0)));
    }

    @Test
    void withoutALimitThereIsNoShareOfIt() {
        assertThat(new LoadEvent(0, "mixer-api", 0, 0, 30, 0).saturation().resources())
                .containsOnlyKeys("cpu", "memory");
    }

    @Test
    void saturationIsTheLargestReading() {
        var calm = SignalsPartial.of(new LoadEvent(0, "mixer-api", 0.2, 0.9, 0, 10));
        var busy = SignalsPartial.of(new LoadEvent(1, "mixer-api", 0.8, 0.1, 10, 10));
        assertThat(calm.plus(busy).saturation())
                .isEqualTo(Saturation.of(Map.of("cpu", 0.8, "memory", 0.9, "inflight", 1.0)));
    }
}
