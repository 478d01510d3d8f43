package io.ag06.analytics.goldensignals;

import java.util.Comparator;

/**
 * What golden signals are about: one entity in one bucket. Strings and numbers only, so that its hash is the same in
 * every process.
 *
 * @param entityKind {@link #SERVICE}, {@link #DEVICE} or {@link #PIPELINE}
 * @param entityId the service, the device or the job
 * @param operation what was asked of a service; the stream of a device; empty for readings of the entity as a whole
 * @param region where a request was answered; empty for devices and for readings of the entity as a whole
 * @param bucketStart start of the bucket ({@link Bucket}), seconds since the epoch
 */
public record SignalsKey(String entityKind, String entityId, String operation, String region, long bucketStart)
        implements Comparable<SignalsKey> {
    public static final String SERVICE = "service";
    public static final String DEVICE = "device";
    public static final String PIPELINE = "pipeline";

    /** Odd, without a pattern in its bits (from the golden ratio). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final Comparator<SignalsKey> ORDER = Comparator.comparing(SignalsKey::entityKind)
            .thenComparing(SignalsKey::entityId)
            .thenComparing(SignalsKey::operation)
            .thenComparing(SignalsKey::region)
            .thenComparingLong(SignalsKey::bucketStart);

    /**
     * Of the values alone, as records have it, but spread: what a record does by itself gives many keys of neighbouring
     * names and buckets the same number.
     */
    @Override
    public int hashCode() {
        long hash = bucketStart;
        hash = hash * SPREAD + entityId.hashCode();
        hash = hash * SPREAD + operation.hashCode();
        hash = hash * SPREAD + region.hashCode();
        hash = hash * SPREAD + entityKind.hashCode();
        return (int) (hash ^ hash >>> 32);
    }

    /** By entity, then by time. */
    @Override
    public int compareTo(SignalsKey that) {
        return ORDER.compare(this, that);
    }

    /** Whether both are about the same entity, operation and region, in whatever bucket. */
    boolean isOfTheSameStreamAs(SignalsKey that) {
        return at(that.bucketStart).equals(that);
    }

    /** The same entity in another bucket. */
    SignalsKey at(long otherBucketStart) {
        return new SignalsKey(entityKind, entityId, operation, region, otherBucketStart);
    }
}
