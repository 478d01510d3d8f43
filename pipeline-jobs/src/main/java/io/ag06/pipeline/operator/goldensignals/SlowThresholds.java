package io.ag06.pipeline.operator.goldensignals;

import java.io.Serializable;
import java.time.Duration;

/**
 * Latencies above which an event counts as slow, microseconds.
 *
 * @param requestUs of a request
 * @param frameUs of a frame of sound
 */
public record SlowThresholds(long requestUs, long frameUs) implements Serializable {
    public static SlowThresholds of(Duration request, Duration frame) {
        return new SlowThresholds(request.toNanos() / 1000, frame.toNanos() / 1000);
    }
}
