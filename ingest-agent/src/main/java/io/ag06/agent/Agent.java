package io.ag06.agent;

import static java.util.Objects.requireNonNull;

import io.ag06.agent.capture.CaptureClock;
import io.ag06.agent.capture.FrameSource;
import io.ag06.agent.device.MachineProbe;
import io.ag06.agent.device.MachineReading;
import io.ag06.agent.publish.AudioFrames;
import io.ag06.agent.publish.DeviceMetricsRecords;
import io.ag06.agent.publish.KafkaCluster;
import io.ag06.agent.publish.Publisher;
import io.ag06.agent.publish.PublisherSettings;
import io.ag06.agent.spool.Spool;
import io.ag06.agent.spool.SpoolLevel;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: frames of a source and readings of the machine into the spool, the spool to Kafka. Each of the three
 * has a thread of its own; the spool between them takes what Kafka does not.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** Takes readings of the machine's health. */
    @FunctionalInterface
    public interface Readings {
        /** The health at this moment; throws where the machine can't be asked. */
        MachineReading read() throws IOException;
    }

    private final AgentSettings settings;
    private final FrameSource source;
    private final Readings machine;
    private final Spool spool;
    private final Publisher publisher;
    private final AudioFrames frames;
    private final DeviceMetricsRecords metrics;
    private final Thread capture;
    private final ScheduledExecutorService everySecond;
    private ScheduledFuture<?> readings;
    private final CompletableFuture<Void> captured = new CompletableFuture<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Agent(AgentSettings settings, FrameSource source, Readings machine, InstantSource time, Spool spool)
            throws IOException {
        this.settings = settings;
        this.source = requireNonNull(source, "source");
        this.machine = requireNonNull(machine, "machine");
        this.spool = spool;
        var publishing = PublisherSettings.DEFAULT.withTransactionInterval(settings.transactionInterval());
        var kafka = new KafkaCluster(
                settings.kafka(),
                "ag06-agent-" + settings.deviceId(),
                spool.id(),
                Topics.AUDIO_FRAMES,
                publishing.transactionTimeout());
        this.publisher = new Publisher(settings.deviceId(), spool, kafka, publishing, time);
        this.frames = new AudioFrames(settings.deviceId());
        this.metrics = new DeviceMetricsRecords(settings.deviceId());
        this.capture = new Thread(this::capture, "capture of " + settings.deviceId());
        this.everySecond = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "readings of " + settings.deviceId());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts an agent with the sound that the settings name and the readings of this machine.
     *
     * @throws IOException where the sound or the spool can't be opened; the message is one line
     */
    public static Agent start(AgentSettings settings) throws IOException {
        var source = settings.source()
                .open(
                        settings.capture(),
                        CaptureClock.system(),
                        () -> UUID.randomUUID().toString());
        try {
            // The disk whose fill is told is the spool's, so it must be there before.
            Files.createDirectories(settings.spool());
            var machine = new MachineProbe(settings.spool(), InstantSource.system());
            return start(settings, source, machine::read, InstantSource.system());
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Starts an agent. It owns the source from here on, and closes it.
     *
     * @param machine takes a reading of the machine's health
     * @param time the wall clock
     * @throws IOException where the spool can't be opened
     */
    public static Agent start(AgentSettings settings, FrameSource source, Readings machine, InstantSource time)
            throws IOException {
        LOG.info("starting with {}", settings);
        var limits = new SpoolSettings(settings.spoolLimitBytes(), SpoolSettings.DEFAULT.segmentBytes());
        var spool = Spool.open(settings.spool(), limits);
        try {
            var agent = new Agent(settings, source, machine, time, spool);
            agent.begin();
            return agent;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /**
     * Waits until the source has ended and what it gave is in the spool.
     *
     * @throws IOException where the source or the publisher failed for good; the message is one line
     */
    public void await() throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(captured, publisher.ended()).get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /**
     * Stops in order: no more sound, then what is spooled is published for as long as the settings allow; the rest
     * stays in the spool for the next start.
     */
    public void stop() throws IOException, InterruptedException {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        source.close();
        // A fast source may be waiting for room in a full spool, which closing the source does not end.
        capture.interrupt();
        capture.join();
        readings.cancel(false);
        everySecond.shutdown();
        everySecond.awaitTermination(1, TimeUnit.MINUTES);
        publisher.stop(settings.stopPatience());
        var left = spool.level();
        spool.close();
        LOG.info("stopped; {} records wait in {}", left.records(), settings.spool());
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records that Kafka has committed since the start, by topic. */
    public Map<Topic, Long> published() {
        return publisher.published();
    }

    /** What waits to be published. */
    public SpoolLevel spooled() {
        return spool.level();
    }

    /** Why records wait: what failed last; empty while all is well. */
    public Optional<String> publishingFailure() {
        return publisher.failure();
    }

    private void begin() {
        publisher.start();
        capture.start();
        readings = everySecond.scheduleAtFixedRate(this::readAndSync, 0, 1, TimeUnit.SECONDS);
    }

    private void capture() {
        try {
            for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
                take(frames.record(frame.get(), System.nanoTime()));
            }
            captured.complete(null);
        } catch (InterruptedException e) {
            captured.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            captured.completeExceptionally(e);
        }
    }

    /** A live frame that finds no room is lost, and shows as a gap in the sequence; any other source waits. */
    private void take(SpooledRecord record) throws InterruptedException {
        if (settings.live()) {
            spool.offer(record);
        } else {
            spool.put(record);
        }
    }

    private void readAndSync() {
        try {
            spool.offer(metrics.record(machine.read(), source.takeStatus(), spool.level()));
            spool.sync();
        } catch (IOException | RuntimeException e) {
            // A scheduled task that throws is never called again, without a word.
            LOG.warn("no reading of the device this second: {}", e.toString());
        }
    }

    private static IOException failure(Throwable cause) {
        return cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
    }
}
