package io.ag06.analytics.goldensignals;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frames of the devices' streams that never came. A stream numbers its frames from 0 without gaps, and time grows with
 * the number, so what is missing shows
 *
 * <ul>
 *   <li>within a bucket: max - min + 1 - frames;
 *   <li>between a bucket and the one that follows it in the stream, however much later: min of the later - max of the
 *       earlier - 1, counted in the later.
 * </ul>
 *
 * <p>Neither is taken below 0: a frame sent twice, or a clock set back, must not undo frames missing elsewhere. What is
 * missing before the first bucket of a stream, or after the last, can't be told.
 */
final class StreamGaps {
    private StreamGaps() {}

    /** Frames missing in each bucket of a stream; buckets where none is missing are left out. */
    static SortedMap<SignalsKey, Long> of(SortedMap<SignalsKey, SignalsPartial> partials) {
        var gaps = new TreeMap<SignalsKey, Long>();
        SignalsKey before = null;
        for (Map.Entry<SignalsKey, SignalsPartial> entry : partials.entrySet()) {
            SignalsKey key = entry.getKey();
            SequenceRange here = entry.getValue().sequences();
            if (!key.entityKind().equals(SignalsKey.DEVICE) || here.isEmpty()) {
                continue;
            }
            long within = here.max() - here.min() + 1 - entry.getValue().events();
            long between = before == null || !key.isOfTheSameStreamAs(before)
                    ? 0
                    : here.min() - partials.get(before).sequences().max() - 1;
            long missing = Math.max(0, within) + Math.max(0, between);
            if (missing > 0) {
                gaps.put(key, missing);
            }
            before = key;
        }
        return gaps;
    }
}
