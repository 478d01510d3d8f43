package io.ag06.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.audio.SampleFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveSourceTest {
    private static final int RATE = 48_000;

    private final ManualClock clock = new ManualClock();
    private final Deque<Optional<FakeLine>> openings = new ArrayDeque<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final CaptureLines lines = mixer -> openings.pop()
            .orElseThrow(() -> new CaptureLines.LineException("No capture line is called 'AG06'"))
            .start();

    @Test
    void framesFollowEachOtherWithoutGapAndAreDatedByTheirCapture() throws Exception {
        openings.add(Optional.of(new FakeLine(Long.MAX_VALUE)));

        List<CapturedFrame> frames = pull(source(50), 50);

        for (int i = 0; i < 50; i++) {
            assertThat(frames.get(i).sequence()).isEqualTo(i);
            assertThat(frames.get(i).xruns()).isZero();
            assertThat(Duration.between(ManualClock.START, frames.get(i).eventTime())
                            .toMillis())
                    .isCloseTo(i * 100L, within(6L));
            assertThat(frames.get(i).levels().channels().get(0).rmsDbfs()).isCloseTo(-6.0206, within(1e-3));
        }
        assertThat(frames).extracting(CapturedFrame::streamId).containsOnly("stream-1");
    }

    @Test
    void latencyIsWhatPassedSinceTheLastSample() throws Exception {
        openings.add(Optional.of(new FakeLine(Long.MAX_VALUE)));

        CapturedFrame frame = pull(source(1), 1).get(0);
        clock.advance(Duration.ofMillis(30));

        assertThat(frame.captureLatencyMicros(clock.nanos())).isBetween(29_000L, 40_000L);
    }

    @Test
    void aLineThatVanishesIsOpenedAgainAsANewStream() throws Exception {
        openings.add(Optional.of(new FakeLine(RATE / 4)));
        openings.add(Optional.empty());
        openings.add(Optional.empty());
        openings.add(Optional.of(new FakeLine(Long.MAX_VALUE)));

        List<CapturedFrame> frames = pull(source(5), 5);

        assertThat(frames)
                .extracting(CapturedFrame::streamId)
                .containsExactly("stream-1", "stream-1", "stream-1", "stream-2", "stream-2");
        assertThat(frames).extracting(CapturedFrame::sequence).containsExactly(0L, 1L, 2L, 0L, 1L);
        assertThat(frames.get(2).levels().frameSamples()).isEqualTo(RATE / 20);
        assertThat(clock.waits()).contains(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aLineThatCanNotBeOpenedIsTriedEverMoreRarely() throws Exception {
        for (int i = 0; i < 7; i++) {
            openings.add(Optional.empty());
        }
        openings.add(Optional.of(new FakeLine(Long.MAX_VALUE)));

        pull(source(1), 1);

        assertThat(clock.waits().subList(0, 7))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void lostSoundIsAnXrunInAFrameAndInTheStatus() throws Exception {
        var line = new FakeLine(Long.MAX_VALUE);
        openings.add(Optional.of(line));
        FrameSource source = source(200);
        pull(source, 100);

        line.lose(RATE / 20);
        List<CapturedFrame> after = pull(source, 60);

        assertThat(after).extracting(CapturedFrame::xruns).containsOnlyOnce(1);
        assertThat(after.stream().mapToInt(CapturedFrame::xruns).sum()).isEqualTo(1);
        assertThat(source.takeStatus().xrunsTotal()).isEqualTo(1);
    }

    @Test
    void theStatusTellsTheLargestFillSinceItWasTaken() throws Exception {
        openings.add(Optional.of(new FakeLine(Long.MAX_VALUE)));
        FrameSource source = source(100);
        assertThat(source.takeStatus().sampleRateHz()).isZero();
        pull(source, 10);
        clock.advance(Duration.ofMillis(250));
        pull(source, 1);

        CaptureStatus status = source.takeStatus();
        pull(source, 5);

        assertThat(status.sampleRateHz()).isEqualTo(RATE);
        assertThat(status.bufferFrames()).isEqualTo(RATE / 2);
        assertThat(status.bufferFill()).isBetween(0.25, 0.5);
        assertThat(source.takeStatus().bufferFill()).isLessThan(0.2);
    }

    @Test
    void aClosedSourceEndsAndFreesItsLine() throws Exception {
        var line = new FakeLine(Long.MAX_VALUE);
        openings.add(Optional.of(line));
        FrameSource source = source(100);
        pull(source, 1);

        source.close();

        assertThat(source.next()).isEmpty();
        assertThat(line.closed).isTrue();
        assertThat(source.takeStatus().sampleRateHz()).isZero();
    }

    private FrameSource source(long frames) {
        return new LiveSource(
                lines,
                Optional.empty(),
                CaptureSettings.realTime().withFrames(frames),
                clock,
                () -> "stream-" + streams.incrementAndGet());
    }

    private static List<CapturedFrame> pull(FrameSource source, int count) throws Exception {
        List<CapturedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(source.next().orElseThrow());
        }
        return frames;
    }

    /** A line that captures a constant of 0.5 by the manual clock, until so many samples have been read. */
    private final class FakeLine implements CaptureLine {
        private final long vanishesAfter;
        private long startNanos;
        private long read;
        private long lost;
        private boolean closed;

        FakeLine(long vanishesAfter) {
            this.vanishesAfter = vanishesAfter;
        }

        FakeLine start() {
            startNanos = clock.nanos();
            return this;
        }

        void lose(long samples) {
            lost += samples;
        }

        @Override
        public String description() {
            return "fake line";
        }

        @Override
        public int sampleRateHz() {
            return RATE;
        }

        @Override
        public int channelCount() {
            return 1;
        }

        @Override
        public int bufferFrames() {
            return RATE / 2;
        }

        @Override
        public int available() {
            long captured = (clock.nanos() - startNanos) * RATE / 1_000_000_000 - lost;
            return (int) Math.max(0, captured - read);
        }

        @Override
        public int read(double[][] into, int offset, int count) {
            int samples = (int) Math.min(count, vanishesAfter - read);
            for (int i = 0; i < samples; i++) {
                into[0][offset + i] = 0.5;
            }
            read += samples;
            return samples;
        }

        @Override
        public SampleFormat format() {
            return SampleFormat.integer(24);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
