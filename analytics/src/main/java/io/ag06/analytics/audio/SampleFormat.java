package io.ag06.analytics.audio;

/**
 * How samples were represented before they were scaled to -1..1; it says where clipping begins.
 *
 * @param significantBits bits that carry sound: 24 for 24 bits in 32
 * @param floatingPoint whether samples are floating-point numbers, which can exceed full scale
 */
public record SampleFormat(int significantBits, boolean floatingPoint) {
    public SampleFormat {
        if (significantBits < 2 || significantBits > 64) {
            throw new IllegalArgumentException("significantBits must be 2..64, was " + significantBits);
        }
    }

    /** Integer samples (two's complement) of so many significant bits. */
    public static SampleFormat integer(int significantBits) {
        return new SampleFormat(significantBits, false);
    }

    /** Floating-point samples of so many bits. */
    public static SampleFormat floatingPoint(int bits) {
        return new SampleFormat(bits, true);
    }

    /**
     * The magnitude from which a sample counts as clipped: 1 - 1.5 * 2^(1-bits) for integers, which takes in the
     * highest value (1 - 2^(1-bits)) and not the one below it; 1 for floating point.
     */
    public double clippingMagnitude() {
        return floatingPoint ? 1.0 : 1.0 - 1.5 * Math.scalb(1.0, 1 - significantBits);
    }
}
