package io.ag06.pipeline.operator.goldensignals;

import io.ag06.analytics.goldensignals.GoldenSignals;
import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.analytics.goldensignals.Saturation;
import io.ag06.analytics.goldensignals.SequenceRange;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.analytics.goldensignals.SignalsPartial;
import io.ag06.pipeline.row.BinCounts;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds rows up and finishes them, as the view {@code golden_signals} does in SQL. */
public final class GoldenSignalsMerge {
    private final Map<SignalsKey, SignalsPartial> sums = new HashMap<>();

    /** Adds one row; the order does not matter. */
    public void add(GoldenSignalsPartialRow row) {
        SignalsKey key = new SignalsKey(
                row.entityKind(),
                row.entityId(),
                row.operation(),
                row.region(),
                Integer.toUnsignedLong(row.windowStart()));
        sums.merge(key, partial(row), SignalsPartial::plus);
    }

    /** The finished signals of everything added, by entity and time. */
    public List<GoldenSignals> finish() {
        return GoldenSignals.finish(sums);
    }

    private static SignalsPartial partial(GoldenSignalsPartialRow row) {
        return new SignalsPartial(
                row.events(),
                row.bytes(),
                row.errors(),
                bins(row.latencyZeros(), row.latencyBins()),
                bins(row.latencyOkZeros(), row.latencyOkBins()),
                row.slowEvents(),
                Saturation.of(row.saturation()),
                row.sequenceMin() == null
                        ? SequenceRange.NONE
                        : new SequenceRange(row.sequenceMin(), row.sequenceMax()));
    }

    private static LatencyBins bins(long zeros, BinCounts counts) {
        Map<Integer, Long> byBin = new TreeMap<>();
        for (int i = 0; i < counts.bins().length; i++) {
            byBin.put((int) counts.bins()[i], counts.counts()[i]);
        }
        return LatencyBins.of(zeros, byBin);
    }
}
