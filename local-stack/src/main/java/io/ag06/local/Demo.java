package io.ag06.local;

import io.ag06.agent.Agent;
import io.ag06.agent.AgentSettings;
import io.ag06.agent.Simulator;
import io.ag06.agent.SimulatorSettings;
import io.ag06.agent.capture.CaptureClock;
import io.ag06.agent.capture.CaptureSettings;
import io.ag06.agent.capture.CaptureSource;
import io.ag06.agent.simulate.CloudScenario;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The whole product at work for a while: stack, agent, simulated requests, and what can be read in the end. */
public final class Demo {
    private static final String DEVICE = "ag06-demo";
    private static final long SEED = 6;
    private static final double REQUESTS_PER_SECOND = 50;
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration TRANSACTION_INTERVAL = Duration.ofMillis(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final DemoSettings settings;
    private final DemoProgress progress;

    public Demo(DemoSettings settings, DemoProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs it to its end. What it stored stays only where a data folder was named. */
    public DemoReport run() throws IOException, InterruptedException {
        CaptureSource source = source();
        // Sound that can't be used is told before anything is started.
        source.open(CaptureSettings.realTime(), CaptureClock.system(), () -> DEVICE)
                .close();
        Path data = settings.dataDirectory().isPresent()
                ? settings.dataDirectory().get()
                : Files.createTempDirectory("ag06-demo");
        try (LocalStack stack = LocalStack.start(
                StackSettings.onFreePorts(data, settings.externalClickHouse()), Jobs.all(), progress::starting)) {
            return run(stack, source, data);
        } finally {
            if (settings.dataDirectory().isEmpty()) {
                delete(data);
            }
        }
    }

    private DemoReport run(LocalStack stack, CaptureSource source, Path data) throws IOException, InterruptedException {
        String kafka = stack.kafka().bootstrapServers();
        Instant begin = Instant.now();
        DemoSignals signals = new DemoSignals(
                stack.sql(),
                TopicEnds.of(Topics.AUDIO_FRAMES, kafka),
                TopicEnds.of(Topics.SERVICE_REQUESTS, kafka),
                begin);
        FirstRow firstRow = new FirstRow(signals);
        long frames;
        long requests;
        try (Agent agent = Agent.start(agentSettings(source, kafka, data));
                Simulator simulator = Simulator.start(
                        new CloudScenario(REQUESTS_PER_SECOND),
                        simulatorSettings(kafka, data),
                        InstantSource.system())) {
            watch(agent, simulator, begin, firstRow);
            simulator.stop();
            agent.stop();
            frames = count(agent.published(), Topics.AUDIO_FRAMES);
            requests = count(simulator.published(), Topics.SERVICE_REQUESTS);
        }
        progress.finishing();
        waitForRows(signals, frames, requests, firstRow);
        var late = signals.eventToQuery();
        return new DemoReport(
                frames,
                signals.storedFrames(),
                requests,
                signals.storedRequests(),
                signals.rows(),
                signals.deadLetters(),
                signals.duplicates(),
                firstRow.seconds,
                late.get("p50").asDouble(),
                late.get("p99").asDouble(),
                signals.services(),
                signals.devices());
    }

    private void watch(Agent agent, Simulator simulator, Instant begin, FirstRow firstRow) throws InterruptedException {
        Duration elapsed = Duration.ZERO;
        while (elapsed.compareTo(settings.length()) < 0) {
            pause();
            elapsed = Duration.between(begin, Instant.now());
            firstRow.look();
            progress.running(
                    elapsed,
                    settings.length(),
                    count(agent.published(), Topics.AUDIO_FRAMES),
                    count(simulator.published(), Topics.SERVICE_REQUESTS));
        }
    }

    private void waitForRows(DemoSignals signals, long frames, long requests, FirstRow firstRow)
            throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (Instant.now().isBefore(end)
                && (signals.storedFrames() < frames
                        || signals.storedRequests() < requests
                        || signals.countedEvents() < frames + requests)) {
            pause();
            firstRow.look();
        }
    }

    private CaptureSource source() {
        if (settings.audio().isEmpty()) {
            return CaptureSource.parse("synthetic");
        }
        for (Path file : settings.audio()) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new StackException("There is no sound file to read at " + file.toAbsolutePath());
            }
        }
        return new CaptureSource.WavFiles(settings.audio());
    }

    private static AgentSettings agentSettings(CaptureSource source, String kafka, Path data) {
        return new AgentSettings(
                source,
                CaptureSettings.realTime(),
                DEVICE,
                kafka,
                data.resolve("spool").resolve(DEVICE),
                SpoolSettings.DEFAULT.limitBytes(),
                TRANSACTION_INTERVAL,
                STOP_PATIENCE);
    }

    private SimulatorSettings simulatorSettings(String kafka, Path data) {
        return new SimulatorSettings(
                SEED, settings.length(), false, kafka, data.resolve("spool").resolve("simulator"), STOP_PATIENCE);
    }

    private static long count(Map<Topic, Long> published, Topic topic) {
        return published.getOrDefault(topic, 0L);
    }

    private static void pause() throws InterruptedException {
        if (new CountDownLatch(1).await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Nobody counts this latch down");
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder can't be deleted; delete it by hand: " + directory, e);
        }
    }

    /** Looks for the first row until there is one. */
    private static final class FirstRow {
        private final DemoSignals signals;
        private double seconds = -1;

        FirstRow(DemoSignals signals) {
            this.signals = signals;
        }

        void look() {
            if (seconds < 0 && signals.storedFrames() + signals.storedRequests() > 0) {
                long started = ManagementFactory.getRuntimeMXBean().getStartTime();
                seconds =
                        Duration.ofMillis(System.currentTimeMillis() - started).toMillis() / 1000.0;
            }
        }
    }
}
