package io.ag06.analytics.audio;

/**
 * The ten octave bands from 31.5 Hz to 16 kHz, by IEC 61260-1:2014: midband frequency f = 1000 * G^n Hz with octave
 * ratio G = 10^(3/10); the band reaches from f * G^(-1/2) to f * G^(1/2), where the next one begins. Each is called by
 * its nominal midband frequency.
 */
public enum OctaveBand {
    HZ_31_5(-5),
    HZ_63(-4),
    HZ_125(-3),
    HZ_250(-2),
    HZ_500(-1),
    HZ_1000(0),
    HZ_2000(1),
    HZ_4000(2),
    HZ_8000(3),
    HZ_16000(4);

    private final int index;
    private final double lowerEdgeHz;
    private final double upperEdgeHz;

    OctaveBand(int octavesFrom1000Hz) {
        this.index = octavesFrom1000Hz + 5;
        this.lowerEdgeHz = edge(octavesFrom1000Hz - 0.5);
        this.upperEdgeHz = edge(octavesFrom1000Hz + 0.5);
    }

    private static double edge(double octavesFrom1000Hz) {
        return 1000.0 * Math.pow(10.0, 0.3 * octavesFrom1000Hz);
    }

    /** Its place in every list of band levels, from 0. */
    public int index() {
        return index;
    }

    /** Where the band begins, Hz. */
    public double lowerEdgeHz() {
        return lowerEdgeHz;
    }

    /** Where the band ends and the next one begins, Hz. */
    public double upperEdgeHz() {
        return upperEdgeHz;
    }
}
