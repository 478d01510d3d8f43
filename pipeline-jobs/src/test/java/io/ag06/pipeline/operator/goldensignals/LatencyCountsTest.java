package io.ag06.pipeline.operator.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.pipeline.row.BinCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LatencyCountsTest {
    @Provide
    Arbitrary<List<Long>> latencies() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 100),
                        Arbitraries.longs().between(1_000, 1_000_000),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .list()
                .ofMaxSize(60);
    }

    @Property
    void theCountsAreThoseOfTheDefinition(@ForAll("latencies") List<Long> latencies) {
        LatencyCounts counts = counted(latencies);

        assertThat(bins(counts.zeros(), counts.byBin())).isEqualTo(expected(latencies.stream()));
    }

    @Property
    void countsAdd(@ForAll("latencies") List<Long> these, @ForAll("latencies") List<Long> those) {
        LatencyCounts one = counted(these);
        LatencyCounts other = counted(those);

        assertThat(bins(one.zeros() + other.zeros(), one.plus(other)))
                .isEqualTo(expected(Stream.concat(these.stream(), those.stream())));
    }

    private static LatencyCounts counted(List<Long> latencies) {
        LatencyCounts counts = new LatencyCounts();
        latencies.forEach(counts::add);
        return counts;
    }

    private static LatencyBins expected(Stream<Long> latencies) {
        return latencies.map(LatencyBins::of).reduce(LatencyBins.EMPTY, LatencyBins::plus);
    }

    private static LatencyBins bins(long zeros, BinCounts counts) {
        assertThat(counts.bins()).isSorted().hasSameSizeAs(counts.counts());
        Map<Integer, Long> byBin = new TreeMap<>();
        for (int i = 0; i < counts.bins().length; i++) {
            assertThat(counts.counts()[i]).isPositive();
            assertThat(byBin.put((int) counts.bins()[i], counts.counts()[i])).isNull();
        }
        return LatencyBins.of(zeros, byBin);
    }
}
