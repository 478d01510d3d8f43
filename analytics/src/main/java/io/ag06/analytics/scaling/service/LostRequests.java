package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.analytics.scaling.memory.Memory;

/**
 * Tells a service without requests from one whose requests are not heard: its replicas stay busy. A minute without a
 * request is taken for not measured where they are at least half as busy as they were in the last minutes with
 * requests, u >= m / 2, m being the mean of these, the old ones fading within a quarter of an hour; and so busy at all,
 * u >= 0.3, that it is requests that make them so.
 */
final class LostRequests {
    private static final double LEAST_BUSY = 0.3;
    private static final double HALF = 0.5;
    private static final double MINUTES_REMEMBERED = 15;

    private static final int UTILISATION = 0;
    private static final int MINUTES = 1;

    private final Memory memory = new Memory();
    private final double[] withRequests = memory.numbers(2);

    double[] save() {
        return memory.save();
    }

    void restore(double[] saved) {
        memory.restore(saved);
    }

    /** Takes in the next minute; answers whether it had requests that were not heard. */
    boolean in(MinuteLoad load) {
        if (load.utilisation().isEmpty()) {
            return false;
        }
        double utilisation = load.utilisation().getAsDouble();
        if (load.requests() == 0) {
            return utilisation >= LEAST_BUSY && utilisation * withRequests[MINUTES] >= HALF * withRequests[UTILISATION];
        }
        double kept = 1 - 1 / MINUTES_REMEMBERED;
        withRequests[UTILISATION] = kept * withRequests[UTILISATION] + utilisation;
        withRequests[MINUTES] = kept * withRequests[MINUTES] + 1;
        return false;
    }
}
