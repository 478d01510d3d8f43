package io.ag06.analytics.audio;

/** Levels in dB relative to full scale (dBFS). */
public final class Decibels {
    /**
     * The lowest level that is told apart from silence, dBFS; anything lower, digital silence included, reads as this.
     */
    public static final double FLOOR_DBFS = -120.0;

    private Decibels() {}

    /**
     * The level of a power (a mean square): 10 log10 of it, at least {@link #FLOOR_DBFS}.
     *
     * @param power mean square relative to full scale, not negative; 1 is 0 dBFS
     */
    public static double ofPower(double power) {
        return Math.max(FLOOR_DBFS, 10.0 * Math.log10(power));
    }

    /**
     * The level of a magnitude: 20 log10 of it, at least {@link #FLOOR_DBFS}.
     *
     * @param magnitude relative to full scale, not negative; 1 is 0 dBFS
     */
    public static double ofMagnitude(double magnitude) {
        return Math.max(FLOOR_DBFS, 20.0 * Math.log10(magnitude));
    }
}
