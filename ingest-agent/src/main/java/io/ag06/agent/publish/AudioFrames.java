package io.ag06.agent.publish;

import io.ag06.agent.capture.CapturedFrame;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.ChannelLevels;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.Topics;
import java.util.OptionalDouble;

/** Captured frames as AudioFrame records. Used by one thread. */
public final class AudioFrames {
    private final RecordCodec<AudioFrame> codec = RecordCodec.of(AudioFrame.class);
    private final String deviceId;

    /** The frames of one device. */
    public AudioFrames(String deviceId) {
        this.deviceId = deviceId;
    }

    /**
     * The record of a frame.
     *
     * @param handedOverNanos now, on the monotonic clock ({@link System#nanoTime()})
     */
    public SpooledRecord record(CapturedFrame frame, long handedOverNanos) {
        return new SpooledRecord(
                Topics.AUDIO_FRAMES.name(), deviceId, codec.encode(audioFrame(frame, handedOverNanos)));
    }

    private AudioFrame audioFrame(CapturedFrame frame, long handedOverNanos) {
        var levels = frame.levels();
        return AudioFrame.newBuilder()
                .setDeviceId(deviceId)
                .setStreamId(frame.streamId())
                .setSequence(frame.sequence())
                .setEventTime(frame.eventTime())
                .setSampleRateHz(levels.sampleRateHz())
                .setFrameSamples(levels.frameSamples())
                .setChannels(
                        levels.channels().stream().map(AudioFrames::channel).toList())
                .setMomentaryLufs(orNull(levels.momentaryLufs()))
                .setShortTermLufs(orNull(levels.shortTermLufs()))
                .setStereoCorrelation(orNull(levels.stereoCorrelation()))
                .setSpectralCentroidHz(levels.spectralCentroidHz())
                .setBandLevelsDbfs(levels.bandLevelsDbfs())
                .setSilent(levels.silent())
                .setXruns(frame.xruns())
                .setCaptureLatencyUs(frame.captureLatencyMicros(handedOverNanos))
                .setMomentaryMaxLufs(orNull(levels.momentaryMaxLufs()))
                .setShortTermMaxLufs(orNull(levels.shortTermMaxLufs()))
                .build();
    }

    private static ChannelLevels channel(io.ag06.analytics.audio.ChannelLevels levels) {
        return ChannelLevels.newBuilder()
                .setRmsDbfs(levels.rmsDbfs())
                .setSamplePeakDbfs(levels.samplePeakDbfs())
                .setTruePeakDbtp(orNull(levels.truePeakDbtp()))
                .setClippedSamples(levels.clippedSamples())
                .setDcOffset(levels.dcOffset())
                .build();
    }

    static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
