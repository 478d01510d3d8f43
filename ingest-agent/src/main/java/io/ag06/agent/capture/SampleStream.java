package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.io.IOException;

/** Sound as a stream of samples, read in pieces of any size. */
interface SampleStream extends AutoCloseable {
    /** Samples per second and channel, Hz. */
    int sampleRateHz();

    int channelCount();

    /**
     * Reads on.
     *
     * @param into one array per channel
     * @param offset where to put the first sample in each
     * @param count how many to read per channel at most, at least 1
     * @return how many were read per channel, at least 1; -1 at the end
     */
    int read(double[][] into, int offset, int count) throws IOException;

    /** How the samples of the last {@link #read} were represented. */
    SampleFormat format();

    @Override
    void close() throws IOException;
}
