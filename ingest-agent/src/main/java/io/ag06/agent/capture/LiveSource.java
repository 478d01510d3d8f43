package io.ag06.agent.capture;

import io.ag06.analytics.audio.FrameAnalyzer;
import io.ag06.analytics.audio.FrameLevels;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sound of a line, as it is captured. A line that can't be opened, or vanishes, is told in the log once and tried
 * again, first after a second, then after twice as long each time, up to half a minute. Each opening is a stream of its
 * own.
 *
 * <p>The event time of a frame is the wall clock's at the instant in which its first sample was captured, by
 * {@link SampleClock}. The line's buffer is the only queue between the device and the consumer.
 */
final class LiveSource implements FrameSource {
    static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /** A line without a sample for so long has vanished. */
    static final Duration STALLED = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(LiveSource.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private final CaptureLines lines;
    private final Optional<String> mixer;
    private final CaptureSettings settings;
    private final CaptureClock clock;
    private final Supplier<String> streamIds;
    private final CountDownLatch closed = new CountDownLatch(1);

    private long framesLeft;
    private Duration retry = FIRST_RETRY;
    private String lastRefusal = "";

    // What the status tells is written by the pulling thread and read by any: guarded by this.
    private Stream stream;
    private double fullest;
    private long xrunsTotal;

    LiveSource(
            CaptureLines lines,
            Optional<String> mixer,
            CaptureSettings settings,
            CaptureClock clock,
            Supplier<String> streamIds) {
        this.lines = lines;
        this.mixer = mixer;
        this.settings = settings;
        this.clock = clock;
        this.streamIds = streamIds;
        this.framesLeft = settings.frames().orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<CapturedFrame> next() throws InterruptedException {
        while (framesLeft > 0 && closed.getCount() > 0) {
            if (stream == null) {
                open();
                continue;
            }
            Optional<CapturedFrame> frame = stream.next();
            if (stream.vanished && closed.getCount() > 0) {
                log.warn("The capture line {} has vanished; it is tried again", stream.line.description());
                boolean neverSounded = stream.sequence == 0;
                replace(null);
                if (neverSounded) {
                    backOff();
                }
            }
            if (frame.isPresent()) {
                retry = FIRST_RETRY;
                framesLeft--;
                return frame;
            }
        }
        return Optional.empty();
    }

    private void open() throws InterruptedException {
        try {
            CaptureLine line = lines.open(mixer);
            log.info("Capturing from {}", line.description());
            lastRefusal = "";
            replace(new Stream(line));
        } catch (CaptureLines.LineException e) {
            if (!lastRefusal.equals(e.getMessage())) {
                lastRefusal = e.getMessage();
                log.warn("{}; it is tried again until it can be opened", e.getMessage());
            }
            backOff();
        }
    }

    private void backOff() throws InterruptedException {
        clock.waitFor(retry, closed);
        retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
    }

    private synchronized void replace(Stream next) {
        if (stream != null) {
            stream.line.close();
        }
        stream = next;
        fullest = 0;
        if (next != null && closed.getCount() == 0) {
            // Closed while it was being opened.
            next.line.close();
        }
    }

    @Override
    public synchronized CaptureStatus takeStatus() {
        if (stream == null || closed.getCount() == 0) {
            return new CaptureStatus(0, 0, 0, xrunsTotal, OptionalDouble.empty());
        }
        double fill = fullest;
        fullest = 0;
        return new CaptureStatus(
                stream.line.sampleRateHz(),
                stream.line.bufferFrames(),
                fill,
                xrunsTotal,
                stream.sampleClock.driftPpm());
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (stream != null) {
                stream.line.close();
            }
        }
    }

    /** One uninterrupted capture. */
    private final class Stream {
        private final CaptureLine line;
        private final String id = streamIds.get();
        private final SampleClock sampleClock;
        private final FrameAnalyzer analyzer;
        private final double[][] frame;
        private long position;
        private long sequence;
        private int gaps;
        private boolean vanished;

        Stream(CaptureLine line) {
            this.line = line;
            this.sampleClock = new SampleClock(line.sampleRateHz());
            this.analyzer = new FrameAnalyzer(line.sampleRateHz(), line.channelCount(), settings.silenceDbfs());
            this.frame = new double[line.channelCount()][FrameAnalyzer.frameSamples(line.sampleRateHz())];
        }

        /** The next frame, the last one shorter where the line vanishes; empty if nothing of it was captured. */
        Optional<CapturedFrame> next() throws InterruptedException {
            int samples = 0;
            long stalledAt = clock.nanos() + STALLED.toNanos();
            while (samples < frame[0].length && !vanished && closed.getCount() > 0) {
                int available = line.available();
                if (available == 0) {
                    vanished = clock.nanos() >= stalledAt;
                    clock.waitFor(POLL, closed);
                    continue;
                }
                int wanted = Math.min(available, frame[0].length - samples);
                int read = line.read(frame, samples, wanted);
                vanished = read < wanted;
                samples += read;
                if (read > 0) {
                    stalledAt = clock.nanos() + STALLED.toNanos();
                    observe(position + samples);
                }
            }
            return samples == 0 || closed.getCount() == 0 ? Optional.empty() : Optional.of(measured(samples));
        }

        private void observe(long samplesRead) {
            int waiting = line.available();
            synchronized (LiveSource.this) {
                int found = sampleClock.observe(clock.nanos(), samplesRead + waiting);
                gaps += found;
                xrunsTotal += found;
                fullest = Math.max(fullest, Math.min(1, (double) waiting / line.bufferFrames()));
            }
        }

        private CapturedFrame measured(int samples) {
            FrameLevels levels = analyzer.measure(frame, samples, line.format());
            long first = sampleClock.capturedAt(position);
            position += samples;
            long last = sampleClock.capturedAt(position);
            Instant eventTime = clock.now().minusNanos(clock.nanos() - first).truncatedTo(ChronoUnit.MICROS);
            int xruns = gaps;
            gaps = 0;
            return new CapturedFrame(id, sequence++, eventTime, levels, xruns, last);
        }
    }
}
