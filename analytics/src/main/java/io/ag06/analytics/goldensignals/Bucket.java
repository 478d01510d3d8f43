package io.ag06.analytics.goldensignals;

import java.time.Duration;

/** Buckets of event time, aligned to the epoch. A bucket is named by its start, seconds since the epoch. */
public final class Bucket {
    /** Length of the buckets that signals are aggregated in. */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    private static final long LENGTH_MICROS = LENGTH.toNanos() / 1_000;

    private Bucket() {}

    /**
     * Start of the bucket that an instant belongs to, seconds since the epoch.
     *
     * @param eventTimeMicros microseconds since the epoch; before it they are negative and are rounded down as well
     */
    public static long startOf(long eventTimeMicros) {
        return Math.floorDiv(eventTimeMicros, LENGTH_MICROS) * LENGTH.toSeconds();
    }

    /**
     * Start of the larger bucket that a bucket belongs to, seconds since the epoch.
     *
     * @param bucketStart start of a bucket, seconds since the epoch
     * @param length length of the larger ones, a multiple of {@link #LENGTH}
     * @throws IllegalArgumentException if buckets of that length can't be put together from ours
     */
    public static long startOf(long bucketStart, Duration length) {
        if (length.isNegative() || length.isZero() || length.toNanos() % LENGTH.toNanos() != 0) {
            throw new IllegalArgumentException("A bucket must last a multiple of " + LENGTH + ", not " + length);
        }
        return Math.floorDiv(bucketStart, length.toSeconds()) * length.toSeconds();
    }
}
