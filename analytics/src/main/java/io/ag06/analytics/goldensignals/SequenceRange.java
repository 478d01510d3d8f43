package io.ag06.analytics.goldensignals;

/**
 * The smallest and the largest frame number among some frames of one stream. {@link #plus} is associative and
 * commutative, with {@link #NONE} as its neutral element.
 *
 * @param min smallest number, 0 or more; {@link Long#MAX_VALUE} where there are no frames
 * @param max largest number; {@link Long#MIN_VALUE} where there are no frames
 */
public record SequenceRange(long min, long max) {
    /** No frames. */
    public static final SequenceRange NONE = new SequenceRange(Long.MAX_VALUE, Long.MIN_VALUE);

    /** One frame. */
    public static SequenceRange of(long sequence) {
        return new SequenceRange(sequence, sequence);
    }

    /** Whether there are no frames. */
    public boolean isEmpty() {
        return min > max;
    }

    /** The range over these frames and those. */
    public SequenceRange plus(SequenceRange those) {
        return new SequenceRange(Math.min(min, those.min), Math.max(max, those.max));
    }
}
