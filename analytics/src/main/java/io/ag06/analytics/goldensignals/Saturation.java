package io.ag06.analytics.goldensignals;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How full each resource of an entity was at its fullest: a share of what there is, 0..1 (above 1 only where a source
 * reports more in use than there is). A resource without a reading is absent.
 *
 * <p>{@link #plus} takes the larger of each, so it is associative, commutative and idempotent.
 *
 * @param resources share by the resource's name
 */
public record Saturation(SortedMap<String, Double> resources) {
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final String DISK = "disk";
    /** Requests in flight, of a service. */
    public static final String INFLIGHT = "inflight";
    /** Capture buffer, of a device. */
    public static final String BUFFER = "buffer";
    /** What the agent holds back for Kafka, of a device. */
    public static final String SPOOL = "spool";

    /** No readings. */
    public static final Saturation NONE = new Saturation(Collections.emptySortedMap());

    public Saturation {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    }

    /** Readings that were taken elsewhere. */
    public static Saturation of(Map<String, Double> resources) {
        return new Saturation(new TreeMap<>(resources));
    }

    /** This, with one more reading, of a resource of which a share is known. */
    public Saturation with(String resource, double share) {
        var more = new TreeMap<>(resources);
        more.merge(resource, share, Math::max);
        return new Saturation(more);
    }

    /** This, with one more reading; a resource of which there is none (limit 0) has no share and stays absent. */
    public Saturation with(String resource, long used, long limit) {
        return limit == 0 ? this : with(resource, (double) used / limit);
    }

    /** The larger of each. */
    public Saturation plus(Saturation those) {
        var larger = new TreeMap<>(resources);
        those.resources.forEach((resource, share) -> larger.merge(resource, share, Math::max));
        return new Saturation(larger);
    }

    /** Share of the fullest resource; empty without readings. */
    public OptionalDouble max() {
        return resources.values().stream().mapToDouble(Double::doubleValue).max();
    }
}
