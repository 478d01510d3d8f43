package io.ag06.pipeline.operator.goldensignals;

import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The sums over one partition since the last flush. */
final class PartitionSums {
    private final String topic;
    private final int partition;
    private final SlowThresholds slow;
    private final long offsetFirst;
    private final Map<SignalsKey, SignalsSum> sums = new HashMap<>();
    private long offsetLast;

    PartitionSums(SignalInput first, SlowThresholds slow) {
        this.topic = first.topic();
        this.partition = first.partition();
        this.slow = slow;
        this.offsetFirst = first.offset();
    }

    /** Adds an event; answers how many more sums there are for it (0 or 1). */
    int add(SignalInput input) {
        int before = sums.size();
        offsetLast = input.offset();
        if (input.request() != null) {
            sumOf(input.key(), slow.requestUs()).add(input.request());
        } else if (input.frame() != null) {
            sumOf(input.key(), slow.frameUs()).add(input.frame());
        } else if (input.load() != null) {
            sumOf(input.key(), slow.requestUs()).add(input.load());
        } else {
            sumOf(input.key(), slow.frameUs()).add(input.device());
        }
        return sums.size() - before;
    }

    void emit(Consumer<GoldenSignalsPartialRow> rows) {
        Stretch stretch = new Stretch(topic, partition, offsetFirst, offsetLast);
        sums.forEach((key, sum) -> rows.accept(sum.toRow(key, stretch)));
    }

    private SignalsSum sumOf(SignalsKey key, long slowAboveUs) {
        SignalsSum sum = sums.get(key);
        if (sum == null) {
            sum = new SignalsSum(slowAboveUs);
            sums.put(key, sum);
        }
        return sum;
    }
}
