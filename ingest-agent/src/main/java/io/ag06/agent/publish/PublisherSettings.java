package io.ag06.agent.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How records go to Kafka.
 *
 * @param transactionInterval how long a transaction collects records; the age of a record when consumers see it
 * @param transactionRecords the most records of one transaction
 * @param backoffFrom the first wait after a failure; it doubles from there
 * @param backoffTo the longest wait
 * @param transactionTimeout after which Kafka gives a transaction up whose agent has gone
 */
public record PublisherSettings(
        Duration transactionInterval,
        int transactionRecords,
        Duration backoffFrom,
        Duration backoffTo,
        Duration transactionTimeout) {
    public static final PublisherSettings DEFAULT = new PublisherSettings(
            Duration.ofMillis(100), 5_000, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(15));

    public PublisherSettings {
        requirePositive(transactionInterval, "transactionInterval");
        requirePositive(backoffFrom, "backoffFrom");
        requirePositive(transactionTimeout, "transactionTimeout");
        if (transactionRecords < 1) {
            throw new IllegalArgumentException("transactionRecords must be at least 1, was " + transactionRecords);
        }
        if (backoffTo.compareTo(backoffFrom) <= 0) {
            throw new IllegalArgumentException(
                    "backoffTo must be longer than backoffFrom (" + backoffFrom + "), was " + backoffTo);
        }
        if (transactionInterval.compareTo(transactionTimeout) >= 0) {
            throw new IllegalArgumentException("transactionInterval must be shorter than transactionTimeout ("
                    + transactionTimeout + "), was " + transactionInterval);
        }
    }

    /** These settings with another interval. */
    public PublisherSettings withTransactionInterval(Duration interval) {
        return new PublisherSettings(interval, transactionRecords, backoffFrom, backoffTo, transactionTimeout);
    }

    private static void requirePositive(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + duration);
        }
    }
}
