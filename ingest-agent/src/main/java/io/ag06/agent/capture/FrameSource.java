package io.ag06.agent.capture;

import java.io.IOException;
import java.util.Optional;

/**
 * A source of sound, measured: frames in order, until the end or until it is closed.
 *
 * <p>The consumer pulls, and waits in {@link #next} until the next frame is there. A source at real time does not wait
 * for its consumer: a live line goes on filling its buffer, and what finds no room there is lost and counted as an
 * xrun; a paced file catches up. A source that plays fast waits for its consumer.
 *
 * <p>One thread pulls. {@link #takeStatus} and {@link #close} may be called from any other.
 */
public interface FrameSource extends AutoCloseable {
    /**
     * Waits for the next frame.
     *
     * @return the frame; empty when the source has ended or was closed, and then always
     * @throws SoundFileException if a sound file can't be read on; the message names file and place
     * @throws IOException if the source fails for good; a line that can merely not be opened now is waited for instead
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    Optional<CapturedFrame> next() throws IOException, InterruptedException;

    /** How the capture is doing. Maxima start anew with each call, so only one consumer may ask. */
    CaptureStatus takeStatus();

    /** Ends the source and lets {@link #next} return. May be called again. */
    @Override
    void close();
}
