package io.ag06.agent.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When the samples of a live stream were captured, how fast the line's clock runs, and where sound is missing, all from
 * pairs of (monotonic time, samples captured until then).
 *
 * <p>The lateness of an observation is the time passed since the first one, less samples / nominal rate. Sound arrives
 * in pieces and is looked at in between, so that single observations are late by anything up to a piece; the smallest
 * lateness of some seconds is the line's own. It rises slowly where the line's clock is slow (drift), and jumps where
 * sound was lost (a gap).
 *
 * <ul>
 *   <li>Drift: d = -10^6 * slope of lateness over time (least squares over the smallest of each 100 ms, of 60 s that
 *       ended 2 s ago, gaps taken out), parts per million; empty for the first 12 s. Positive: more samples than
 *       nominal.
 *   <li>Gap: the smallest lateness of the last 2 s exceeds that of the 2 s before by more than 1 ms, drift taken out.
 *       It is found 2 s after it happened.
 * </ul>
 */
final class SampleClock {
    static final long GAP_NANOS = 1_000_000;

    private static final long BUCKET_NANOS = 100_000_000;
    private static final int WINDOW = 20;
    private static final int DRIFT_SPAN = 600;
    private static final int DRIFT_FROM = 100;

    private final int sampleRateHz;
    // The smallest lateness of each 100 ms in which anything was observed, gaps taken out, oldest first.
    private final List<Bucket> buckets = new ArrayList<>();
    private boolean begun;
    private long firstNanos;
    private long firstSamples;
    private long lostNanos;

    SampleClock(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /**
     * Takes an observation.
     *
     * @param nanos when, on the monotonic clock
     * @param samples how many had been captured since the stream began, read or not
     * @return how many gaps were found, 0 or 1
     */
    int observe(long nanos, long samples) {
        if (!begun) {
            begun = true;
            firstNanos = nanos;
            firstSamples = samples;
        }
        long time = nanos - firstNanos;
        long lateness = time - SampleTime.nanos(samples - firstSamples, sampleRateHz);
        long number = time / BUCKET_NANOS;
        int last = buckets.size() - 1;
        if (last >= 0 && buckets.get(last).number == number) {
            buckets.set(last, buckets.get(last).with(lateness - lostNanos));
            return 0;
        }
        // A bucket is complete when the next one begins: look for a gap in complete ones only.
        int gaps = last >= 0 ? findGap() : 0;
        buckets.add(new Bucket(number, lateness - lostNanos));
        if (buckets.size() > DRIFT_SPAN + WINDOW) {
            buckets.remove(0);
        }
        return gaps;
    }

    private int findGap() {
        int size = buckets.size();
        if (size < 2 * WINDOW) {
            return 0;
        }
        long now = smallest(size - WINDOW, size);
        long before = smallest(size - 2 * WINDOW, size - WINDOW);
        long apart = (buckets.get(size - 1).number - buckets.get(size - 1 - WINDOW).number) * BUCKET_NANOS;
        long missing = now - before - Math.round(slope().orElse(0) * apart);
        if (Math.abs(missing) <= GAP_NANOS) {
            return 0;
        }
        // What was missing counts as captured from here on. Sound that comes early was late before, not lost; that is
        // no gap.
        lostNanos += missing;
        for (int i = size - WINDOW; i < size; i++) {
            buckets.set(i, new Bucket(buckets.get(i).number, buckets.get(i).lateness - missing));
        }
        return missing > 0 ? 1 : 0;
    }

    private long smallest(int from, int to) {
        long smallest = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            smallest = Math.min(smallest, buckets.get(i).lateness);
        }
        return smallest;
    }

    /** Nanoseconds of lateness per nanosecond; the last 2 s are left out, since a gap in them is not known yet. */
    private OptionalDouble slope() {
        int count = buckets.size() - WINDOW;
        if (count < DRIFT_FROM) {
            return OptionalDouble.empty();
        }
        double meanTime = 0;
        double meanLateness = 0;
        for (int i = 0; i < count; i++) {
            meanTime += (double) buckets.get(i).number / count;
            meanLateness += (double) buckets.get(i).lateness / count;
        }
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double time = buckets.get(i).number - meanTime;
            products += time * (buckets.get(i).lateness - meanLateness);
            squares += time * time;
        }
        return OptionalDouble.of(products / squares / BUCKET_NANOS);
    }

    /**
     * When a sample was captured, on the monotonic clock.
     *
     * @param sample its number in the stream; sample n was captured when n + 1 had been, give or take 1 / rate
     */
    long capturedAt(long sample) {
        long lateness = buckets.isEmpty() ? 0 : smallest(Math.max(0, buckets.size() - WINDOW), buckets.size());
        long samples = sample - firstSamples;
        long nominal =
                samples >= 0 ? SampleTime.nanos(samples, sampleRateHz) : -SampleTime.nanos(-samples, sampleRateHz);
        return firstNanos + nominal + lostNanos + lateness;
    }

    /** The line's clock against the monotonic one, parts per million; empty until it can be told. */
    OptionalDouble driftPpm() {
        OptionalDouble slope = slope();
        return slope.isEmpty() ? slope : OptionalDouble.of(-1e6 * slope.getAsDouble());
    }

    private record Bucket(long number, long lateness) {
        Bucket with(long other) {
            return other < lateness ? new Bucket(number, other) : this;
        }
    }
}
