package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;

/** An open line that captures sound into a buffer of its own. One thread reads; any may close. */
interface CaptureLine extends AutoCloseable {
    /** As the system names it, with its format. */
    String description();

    int sampleRateHz();

    int channelCount();

    /** Size of the buffer, samples per channel. */
    int bufferFrames();

    /** How much of the buffer is filled, samples per channel. */
    int available();

    /**
     * Reads what was captured; waits for it where less is available.
     *
     * @return samples per channel; fewer than asked for if the line has vanished or was closed
     */
    int read(double[][] into, int offset, int count);

    /** How the samples read so far are represented. */
    SampleFormat format();

    @Override
    void close();
}
