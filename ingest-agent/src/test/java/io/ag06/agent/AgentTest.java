package io.ag06.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ag06.agent.capture.CaptureStatus;
import io.ag06.agent.capture.CapturedFrame;
import io.ag06.agent.capture.FrameSource;
import io.ag06.agent.capture.SoundFileException;
import io.ag06.agent.device.MachineReading;
import io.ag06.analytics.audio.ChannelLevels;
import io.ag06.analytics.audio.FrameLevels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent while Kafka is away; with a broker it is tested beside the local stack. */
class AgentTest {
    private static final int FRAMES = 5_000;
    private static final Agent.Readings NO_READINGS = () -> {
        throw new IOException("the machine tells nothing");
    };

    @TempDir
    private Path folder;

    @Test
    void losesTheNewestFramesOfALiveLineWhenTheSpoolIsFullAndCountsThem() throws Exception {
        try (var agent = Agent.start(settings("live"), new Frames(FRAMES), NO_READINGS, InstantSource.system())) {
            agent.await();
            var spooled = agent.spooled();
            assertThat(spooled.refused()).isPositive();
            assertThat(spooled.records() + spooled.refused()).isEqualTo(FRAMES);
            assertThat(spooled.bytes()).isLessThanOrEqualTo(spooled.limitBytes());
        }
    }

    @Test
    void letsAFileWaitWhenTheSpoolIsFull() throws Exception {
        var frames = new Frames(FRAMES);
        try (var agent = Agent.start(settings("wav:a.wav"), frames, NO_READINGS, InstantSource.system())) {
            await().until(() -> agent.spooled().bytes() > 990_000);
            assertThat(agent.spooled().refused()).isZero();
            assertThat(frames.given.get()).isLessThan(FRAMES);
            assertThat((long) frames.given.get())
                    .isBetween(agent.spooled().records(), agent.spooled().records() + 1);
        }
        assertThat(frames.closed).isTrue();
    }

    @Test
    void takesAReadingOfTheMachineEverySecondWhileThereIsNoSound() throws Exception {
        var reading = new MachineReading(Instant.parse("2026-03-01T12:00:00Z"), 0.5, 1, 2, 3, 4, 5, 6, 7);
        try (var agent = Agent.start(settings("live"), new Frames(0), () -> reading, InstantSource.system())) {
            await().until(() -> agent.spooled().records() >= 2);
        }
    }

    @Test
    void tellsWhyTheSoundEnded() throws Exception {
        FrameSource broken = new Frames(0) {
            @Override
            public Optional<CapturedFrame> next() throws IOException {
                throw new SoundFileException(Path.of("a.wav"), "ends in the middle of a sample");
            }
        };
        try (var agent = Agent.start(settings("wav:a.wav"), broken, NO_READINGS, InstantSource.system())) {
            assertThatThrownBy(agent::await)
                    .isInstanceOf(IOException.class)
                    .hasMessage("a.wav: ends in the middle of a sample");
        }
    }

    @Test
    void twoAgentsDontShareASpool() throws Exception {
        try (var agent = Agent.start(settings("live"), new Frames(0), NO_READINGS, InstantSource.system())) {
            assertThat(agent.spooled().refused()).isZero();
            assertThatThrownBy(() -> Agent.start(settings("live"), new Frames(0), NO_READINGS, InstantSource.system()))
                    .hasMessageContaining("in use by another agent");
        }
    }

    /** An agent whose Kafka is not there. */
    private AgentSettings settings(String source) {
        return AgentSettings.read(
                List.of(
                        "--source",
                        source,
                        "--device-id",
                        "studio-1",
                        "--kafka",
                        "127.0.0.1:1",
                        "--spool",
                        folder.toString(),
                        "--spool-limit-bytes",
                        "1000000",
                        "--stop-patience-ms",
                        "0"),
                new AgentSettings.Machine("here", folder));
    }

    /** So many frames, at once. */
    private static class Frames implements FrameSource {
        private static final FrameLevels LEVELS = new FrameLevels(
                48_000,
                4_800,
                Collections.nCopies(2, new ChannelLevels(-20, -10, OptionalDouble.empty(), 0, 0)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1_000,
                Collections.nCopies(10, -40.0),
                false,
                OptionalDouble.empty(),
                OptionalDouble.empty());

        final AtomicInteger given = new AtomicInteger();
        final AtomicBoolean closed = new AtomicBoolean();
        private final int count;

        Frames(int count) {
            this.count = count;
        }

        @Override
        public Optional<CapturedFrame> next() throws IOException {
            if (closed.get() || given.get() == count) {
                return Optional.empty();
            }
            int sequence = given.getAndIncrement();
            var time = Instant.EPOCH.plusMillis(100L * sequence);
            return Optional.of(
                    new CapturedFrame("a-stream-with-a-name-of-a-uuid-length", sequence, time, LEVELS, 0, 0));
        }

        @Override
        public CaptureStatus takeStatus() {
            return new CaptureStatus(48_000, 0, 0, 0, OptionalDouble.empty());
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
