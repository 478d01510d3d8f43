package io.ag06.pipeline.operator.goldensignals;

import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The sums over one partition since the last flush. */
final class PartitionSums {
    private final String topic;
    private final int partition;
    private final SlowThresholds slow;
    private final long offsetFirst;
    /** In the order in which they began, which is about how they lie in memory: it is how they are read at the end. */
    private final Map<SignalsKey, SignalsSum> sums = new LinkedHashMap<>();
    /** The sum that an entity's last event was added to: the next one is nearly always of the same bucket. */
    private SignalsSum[] lastOfEntity = {};

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
            sumOf(input, slow.requestUs()).add(input.request());
        } else if (input.frame() != null) {
            sumOf(input, slow.frameUs()).add(input.frame());
        } else if (input.load() != null) {
            sumOf(input, slow.requestUs()).add(input.load());
        } else {
            sumOf(input, slow.frameUs()).add(input.device());
        }
        return sums.size() - before;
    }

    void emit(Consumer<GoldenSignalsPartialRow> rows) {
        Stretch stretch = new Stretch(topic, partition, offsetFirst, offsetLast);
        sums.values().forEach(sum -> rows.accept(sum.toRow(stretch)));
    }

    private SignalsSum sumOf(SignalInput input, long slowAboveUs) {
        int number = input.entityNumber();
        if (number == SignalInput.NOT_NUMBERED) {
            return sumOf(input.key(), slowAboveUs);
        }
        if (number >= lastOfEntity.length) {
            lastOfEntity = Arrays.copyOf(lastOfEntity, 2 * number + 64);
        }
        SignalsSum last = lastOfEntity[number];
        if (last == null || !last.isOf(input.key())) {
            last = sumOf(input.key(), slowAboveUs);
            lastOfEntity[number] = last;
        }
        return last;
    }

    private SignalsSum sumOf(SignalsKey key, long slowAboveUs) {
        SignalsSum sum = sums.get(key);
        if (sum == null) {
            sum = new SignalsSum(key, slowAboveUs);
            sums.put(key, sum);
        }
        return sum;
    }
}
