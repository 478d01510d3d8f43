package io.ag06.local.chaos;

import io.ag06.local.StackException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a recovery is waited for. Much longer than a cycle may take: what comes late shall be told from what never
 * comes.
 */
record Patience(Time time) {
    static final Duration LONGEST = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /**
     * How many requests are in Kafka; waits for Kafka.
     *
     * @throws StackException where it does not come back
     */
    long published(Subject subject) throws InterruptedException {
        long begun = time.nanos();
        while (true) {
            try {
                return subject.published();
            } catch (KafkaException e) {
                if (isOver(begun)) {
                    throw new StackException("Kafka did not come back within %d s".formatted(LONGEST.toSeconds()), e);
                }
                time.pause(LOOK_EVERY);
            }
        }
    }

    /** Returns when so many requests can be read; says how many can where that does not come to be. */
    Optional<String> awaitStored(Subject subject, long events) throws InterruptedException {
        long begun = time.nanos();
        long stored = stored(subject);
        while (stored < events) {
            if (isOver(begun)) {
                return Optional.of(
                        stored < 0
                                ? "ClickHouse does not answer %d s later".formatted(LONGEST.toSeconds())
                                : "of %d events %d can be read %d s later"
                                        .formatted(events, stored, LONGEST.toSeconds()));
            }
            time.pause(LOOK_EVERY);
            stored = stored(subject);
        }
        return Optional.empty();
    }

    Duration since(long nanos) {
        return Duration.ofNanos(time.nanos() - nanos);
    }

    private boolean isOver(long begun) {
        return since(begun).compareTo(LONGEST) > 0;
    }

    private static long stored(Subject subject) {
        try {
            return subject.stored();
        } catch (StackException e) {
            LOG.debug("ClickHouse is away", e);
            return -1;
        }
    }

    /** A clock that can be waited by. */
    interface Time {
        /** As {@link System#nanoTime}. */
        long nanos();

        void pause(Duration time) throws InterruptedException;

        /** This machine's. */
        static Time real() {
            return new Time() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration time) throws InterruptedException {
                    TimeUnit.MILLISECONDS.sleep(time.toMillis());
                }
            };
        }
    }
}
