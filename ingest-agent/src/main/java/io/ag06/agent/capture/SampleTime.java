package io.ag06.agent.capture;

/** Positions in a stream as time, in whole nanoseconds without drift or overflow. */
final class SampleTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SampleTime() {}

    /**
     * How long after the first sample a sample is: samples / rate, rounded down to nanoseconds.
     *
     * @param samples position in the stream, at least 0
     * @param sampleRateHz nominal rate
     */
    static long nanos(long samples, int sampleRateHz) {
        // Split at whole seconds, since samples times 10^9 overflows after 13 hours at 192 kHz.
        return samples / sampleRateHz * NANOS_PER_SECOND + samples % sampleRateHz * NANOS_PER_SECOND / sampleRateHz;
    }
}
