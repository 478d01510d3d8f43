package io.ag06.agent.capture;

import io.ag06.analytics.audio.FrameAnalyzer;
import io.ag06.analytics.audio.FrameLevels;
import io.ag06.analytics.audio.SampleFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * Sound that is played rather than captured: files, or a generator. It is one stream from its first frame to its end.
 *
 * <p>The time of sample s is start + s / rate, computed from s each time, so that nothing drifts. At real time the
 * start is the first call of {@link #next}, and a frame is there when its last sample has been played; fast, the start
 * is such that the last sample ends at that call.
 */
final class PlayedSource implements FrameSource {
    private final SampleStream sound;
    private final String streamId;
    private final int sampleRateHz;
    private final CaptureSettings.Pace pace;
    private final OptionalLong lengthSamples;
    private final CaptureClock clock;
    private final FrameAnalyzer analyzer;
    private final double[][] frame;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Instant start;
    private long startNanos;
    private long position;
    private long sequence;
    private boolean ended;

    /**
     * Plays a sound.
     *
     * @param sound closed with this source
     * @param lengthSamples samples per channel to play; empty: until the sound ends, which needs real time
     */
    PlayedSource(
            SampleStream sound,
            String streamId,
            CaptureSettings settings,
            OptionalLong lengthSamples,
            CaptureClock clock) {
        this.sound = sound;
        this.streamId = streamId;
        this.sampleRateHz = sound.sampleRateHz();
        this.pace = settings.pace();
        this.lengthSamples = lengthSamples;
        this.clock = clock;
        this.analyzer = new FrameAnalyzer(sampleRateHz, sound.channelCount(), settings.silenceDbfs());
        this.frame = new double[sound.channelCount()][FrameAnalyzer.frameSamples(sampleRateHz)];
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException, InterruptedException {
        if (start == null) {
            begin();
        }
        SampleFormat format;
        int samples;
        synchronized (sound) {
            if (ended || isClosed()) {
                return Optional.empty();
            }
            int wanted = (int) Math.min(frame[0].length, lengthSamples.orElse(Long.MAX_VALUE) - position);
            format = null;
            samples = 0;
            while (samples < wanted && !ended) {
                int read = sound.read(frame, samples, wanted - samples);
                if (read < 0) {
                    ended = true;
                } else {
                    samples += read;
                    format = fewestBits(format, sound.format());
                }
            }
        }
        if (samples == 0) {
            ended = true;
            return Optional.empty();
        }
        long first = position;
        position += samples;
        FrameLevels levels = analyzer.measure(frame, samples, format);
        long lastSampleNanos = clock.nanos();
        if (pace == CaptureSettings.Pace.REAL_TIME) {
            lastSampleNanos = startNanos + SampleTime.nanos(position, sampleRateHz);
            clock.waitUntil(lastSampleNanos, closed);
            if (isClosed()) {
                return Optional.empty();
            }
        }
        Instant eventTime = start.plusNanos(SampleTime.nanos(first, sampleRateHz));
        return Optional.of(new CapturedFrame(streamId, sequence++, eventTime, levels, 0, lastSampleNanos));
    }

    private void begin() {
        // Records hold microseconds; a start on one of them keeps every time as exact as its sample count.
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        startNanos = clock.nanos();
        start = pace == CaptureSettings.Pace.REAL_TIME
                ? now
                : now.minusNanos(SampleTime.nanos(lengthSamples.orElseThrow(), sampleRateHz));
    }

    private static SampleFormat fewestBits(SampleFormat a, SampleFormat b) {
        return a == null || b.clippingMagnitude() < a.clippingMagnitude() ? b : a;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public CaptureStatus takeStatus() {
        return new CaptureStatus(isClosed() ? 0 : sampleRateHz, 0, 0, 0, OptionalDouble.empty());
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (sound) {
            try {
                sound.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The sound can't be closed: " + e.getMessage(), e);
            }
        }
    }
}
