package io.ag06.agent;

import static java.util.Objects.requireNonNull;

import io.ag06.agent.publish.KafkaCluster;
import io.ag06.agent.publish.Publisher;
import io.ag06.agent.publish.PublisherSettings;
import io.ag06.agent.publish.ServiceRecords;
import io.ag06.agent.simulate.Scenario;
import io.ag06.agent.simulate.SimulatedEvent;
import io.ag06.agent.simulate.SimulatedLoad;
import io.ag06.agent.simulate.SimulatedRequest;
import io.ag06.agent.spool.Spool;
import io.ag06.agent.spool.SpoolLevel;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a scenario into Kafka, by the same spool and the same transactions as the agent's sound. */
public final class Simulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private final SimulatorSettings settings;
    private final InstantSource time;
    private final Iterator<SimulatedEvent> events;
    private final Spool spool;
    private final Publisher publisher;
    private final ServiceRecords records = new ServiceRecords();
    private final Thread player;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Simulator(Scenario scenario, SimulatorSettings settings, InstantSource time, Spool spool)
            throws IOException {
        this.settings = settings;
        this.time = requireNonNull(time, "time");
        this.spool = spool;
        var now = time.instant();
        var start = settings.fast() ? now.minus(settings.length()) : now;
        this.events = scenario.events(settings.seed(), start, start.plus(settings.length()));
        // Named after the spool, so that several simulators can run side by side.
        var name = "ag06-simulate-" + scenario.name() + "-" + spool.id();
        var publishing = PublisherSettings.DEFAULT;
        var kafka = new KafkaCluster(
                settings.kafka(), name, spool.id(), Topics.SERVICE_REQUESTS, publishing.transactionTimeout());
        this.publisher = new Publisher(name, spool, kafka, publishing, time);
        this.player = new Thread(this::play, "player of " + scenario.name());
    }

    /**
     * Starts to play.
     *
     * @param time the wall clock
     * @throws IOException where the spool can't be opened
     */
    public static Simulator start(Scenario scenario, SimulatorSettings settings, InstantSource time)
            throws IOException {
        LOG.info("playing {} with {}", scenario.name(), settings);
        var spool = Spool.open(settings.spool(), SpoolSettings.DEFAULT);
        try {
            var simulator = new Simulator(scenario, settings, time, spool);
            simulator.publisher.start();
            simulator.player.start();
            return simulator;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /**
     * Waits until the scenario has been played and its events are in the spool.
     *
     * @throws IOException where the scenario or the publisher failed for good; the message is one line
     */
    public void await() throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(played, publisher.ended()).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Stops: no more events, then what is spooled is published for as long as the settings allow. */
    public void stop() throws IOException, InterruptedException {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        stop.countDown();
        player.interrupt();
        player.join();
        publisher.stop(settings.stopPatience());
        spool.close();
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

    private void play() {
        try {
            while (events.hasNext()) {
                var event = events.next();
                if (!settings.fast() && stoppedBefore(event)) {
                    break;
                }
                spool.put(
                        event instanceof SimulatedRequest request
                                ? records.record(request)
                                : records.record((SimulatedLoad) event));
            }
            played.complete(null);
        } catch (InterruptedException e) {
            played.complete(null);
        } catch (RuntimeException | Error e) {
            played.completeExceptionally(e);
        }
    }

    /** Waits for the event's time; true where the simulator was stopped before it came. */
    private boolean stoppedBefore(SimulatedEvent event) throws InterruptedException {
        var wait = Duration.between(time.instant(), event.time());
        return stop.await(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    }
}
