package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What can be set for the job {@code scaling-forecast}, beside what its parts tell.
 *
 * @param lateness how much later than others of its partition an event may come before its minute is closed without it
 *     ({@code scaling.lateness})
 * @param idleAfter after what time without a record a partition is not waited for ({@code scaling.idle-after})
 * @param forgetAfter after what time a service that is not heard any more is forgotten ({@code scaling.forget-after})
 * @param servicesInMemory of how many services a task holds the memory, some 6 MB each, as objects; others are read
 *     from the state at each minute's end ({@code scaling.services-in-memory})
 * @param replicas what is decided by
 */
public record ScalingForecastSettings(
        KafkaSettings kafka,
        ClickHouseSettings clickHouse,
        RuleSettings rules,
        Duration lateness,
        Duration idleAfter,
        Duration forgetAfter,
        int servicesInMemory,
        Replicas replicas) {
    /**
     * Replicas of every service, and what they cost.
     *
     * @param capacity requests that one can carry in a minute, until that is learned ({@code scaling.capacity})
     * @param startupMinutes whole minutes that one starts for ({@code scaling.startup-minutes})
     * @param fewest that there may be ({@code scaling.fewest-replicas})
     * @param most that there may be ({@code scaling.most-replicas})
     * @param mostMore at once ({@code scaling.most-more})
     * @param mostFewer at once ({@code scaling.most-fewer})
     * @param priceOfHour of one, in any currency ({@code scaling.price-replica-hour})
     * @param priceOfShortMinute in which one was missing, in the same currency ({@code scaling.price-short-minute})
     */
    public record Replicas(
            double capacity,
            int startupMinutes,
            int fewest,
            int most,
            int mostMore,
            int mostFewer,
            double priceOfHour,
            double priceOfShortMinute) {
        private static final int MOST = 1000;
        private static final double LARGEST = 1e9;

        private static Replicas read(SettingsReader reader) {
            Replicas replicas = new Replicas(
                    reader.positive("scaling.capacity", 1000, LARGEST),
                    (int) reader.number("scaling.startup-minutes", 2, 0, 60),
                    (int) reader.number("scaling.fewest-replicas", 1, 1, MOST),
                    (int) reader.number("scaling.most-replicas", MOST, 1, MOST),
                    (int) reader.number("scaling.most-more", MOST, 1, MOST),
                    (int) reader.number("scaling.most-fewer", MOST, 1, MOST),
                    reader.positive("scaling.price-replica-hour", 1, LARGEST),
                    reader.positive("scaling.price-short-minute", 5, LARGEST));
            reader.require(
                    replicas.fewest <= replicas.most,
                    "scaling.fewest-replicas=%d is more than scaling.most-replicas=%d"
                            .formatted(replicas.fewest, replicas.most));
            return replicas;
        }
    }

    public ScalingForecastSettings {
        requireNonNull(kafka, "kafka");
        requireNonNull(clickHouse, "clickHouse");
        requireNonNull(rules, "rules");
        requireNonNull(lateness, "lateness");
        requireNonNull(idleAfter, "idleAfter");
        requireNonNull(forgetAfter, "forgetAfter");
        requireNonNull(replicas, "replicas");
    }

    /**
     * Reads {@code key=value} texts.
     *
     * @throws InvalidSettingsException with every problem, where there is any
     */
    public static ScalingForecastSettings read(List<String> arguments) {
        SettingsReader reader = new SettingsReader(arguments);
        ScalingForecastSettings settings = new ScalingForecastSettings(
                KafkaSettings.read(reader, "scaling-forecast"),
                ClickHouseSettings.read(reader),
                RuleSettings.read(reader),
                reader.duration("scaling.lateness", Duration.ofSeconds(20), Duration.ZERO, Duration.ofHours(1)),
                reader.duration("scaling.idle-after", Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofHours(1)),
                reader.duration("scaling.forget-after", Duration.ofDays(28), Duration.ofDays(1), Duration.ofDays(400)),
                (int) reader.number("scaling.services-in-memory", 16, 1, 10_000),
                Replicas.read(reader));
        reader.done();
        return settings;
    }
}
