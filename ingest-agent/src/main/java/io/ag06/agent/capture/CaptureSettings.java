package io.ag06.agent.capture;

import static java.util.Objects.requireNonNull;

import io.ag06.analytics.audio.FrameAnalyzer;
import java.util.OptionalLong;

/**
 * How sound is captured.
 *
 * @param pace whether files and generated sound play at real time
 * @param frames how many frames to capture; empty: until the sound ends or the source is closed
 * @param silenceDbfs channels with an RMS below are silent, dBFS, -120..0
 */
public record CaptureSettings(Pace pace, OptionalLong frames, double silenceDbfs) {
    /** How fast files and generated sound play. */
    public enum Pace {
        /** As a listener would hear them; event times begin now, and files repeat. */
        REAL_TIME,
        /**
         * As fast as the consumer takes the frames; event times end now, and files play once unless a number of frames
         * is asked for.
         */
        FAST
    }

    public CaptureSettings {
        requireNonNull(pace, "pace");
        requireNonNull(frames, "frames");
        if (frames.isPresent() && frames.getAsLong() < 1) {
            throw new IllegalArgumentException("frames must be at least 1, was " + frames.getAsLong());
        }
        if (!(silenceDbfs >= -120 && silenceDbfs <= 0)) {
            throw new IllegalArgumentException("silenceDbfs must be -120..0, was " + silenceDbfs);
        }
    }

    /** At real time, until the source is closed. */
    public static CaptureSettings realTime() {
        return new CaptureSettings(Pace.REAL_TIME, OptionalLong.empty(), FrameAnalyzer.SILENCE_DBFS);
    }

    /** As fast as the consumer takes the frames. */
    public static CaptureSettings fast() {
        return new CaptureSettings(Pace.FAST, OptionalLong.empty(), FrameAnalyzer.SILENCE_DBFS);
    }

    /** The same, for a number of frames. */
    public CaptureSettings withFrames(long count) {
        return new CaptureSettings(pace, OptionalLong.of(count), silenceDbfs);
    }

    /** The same, with another silence threshold, dBFS. */
    public CaptureSettings withSilence(double dbfs) {
        return new CaptureSettings(pace, frames, dbfs);
    }

    /** The frames asked for in samples per channel. */
    OptionalLong samples(int sampleRateHz) {
        return frames.isEmpty()
                ? frames
                : OptionalLong.of(Math.multiplyExact(frames.getAsLong(), FrameAnalyzer.frameSamples(sampleRateHz)));
    }
}
