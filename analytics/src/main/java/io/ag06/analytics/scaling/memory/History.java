package io.ag06.analytics.scaling.memory;

/** The last values of a series, as many as were asked for. */
public final class History {
    private final double[] ring;
    private final double[] count;

    /**
     * An empty history.
     *
     * @param memory where it is kept
     * @param length how many values are kept, at least 1
     */
    public History(Memory memory, int length) {
        // A power of two, so that a place in the ring is found without a division.
        this.ring = memory.numbers(Integer.highestOneBit(Math.max(1, 2 * length - 1)));
        this.count = memory.numbers(1);
    }

    public void add(double value) {
        ring[(int) ((long) count[0] & (ring.length - 1))] = value;
        count[0]++;
    }

    /**
     * Puts another value in the place of one.
     *
     * @param steps how long ago: 1 is the last one, at most {@link #available()}
     */
    public void correct(int steps, double value) {
        ring[(int) (((long) count[0] - steps) & (ring.length - 1))] = value;
    }

    /** How many values there have been. */
    public long size() {
        return (long) count[0];
    }

    /** How many values can be asked for. */
    public int available() {
        return (int) Math.min(ring.length, size());
    }

    /**
     * A value.
     *
     * @param steps how long ago: 1 is the last one, at most {@link #available()}
     */
    public double ago(int steps) {
        return ring[(int) (((long) count[0] - steps) & (ring.length - 1))];
    }
}
