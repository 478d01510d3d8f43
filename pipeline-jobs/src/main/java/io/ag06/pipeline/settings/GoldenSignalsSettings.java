package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What can be set for the job {@code golden-signals}, beside what its parts tell.
 *
 * @param slowRequest latency above which a request is slow ({@code signals.slow-request})
 * @param slowFrame capture latency above which a frame is slow ({@code signals.slow-frame})
 * @param mostSums sums (entity and bucket) that a task holds before it writes them out ahead of the checkpoint
 *     ({@code signals.most-sums}); each takes some kilobytes
 */
public record GoldenSignalsSettings(
        KafkaSettings kafka,
        ClickHouseSettings clickHouse,
        RuleSettings rules,
        Duration slowRequest,
        Duration slowFrame,
        int mostSums) {
    public GoldenSignalsSettings {
        requireNonNull(kafka, "kafka");
        requireNonNull(clickHouse, "clickHouse");
        requireNonNull(rules, "rules");
        requireNonNull(slowRequest, "slowRequest");
        requireNonNull(slowFrame, "slowFrame");
    }

    /**
     * Reads {@code key=value} texts.
     *
     * @throws InvalidSettingsException with every problem, where there is any
     */
    public static GoldenSignalsSettings read(List<String> arguments) {
        SettingsReader reader = new SettingsReader(arguments);
        GoldenSignalsSettings settings = new GoldenSignalsSettings(
                KafkaSettings.read(reader, "golden-signals"),
                ClickHouseSettings.read(reader),
                RuleSettings.read(reader),
                reader.duration(
                        "signals.slow-request", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofHours(1)),
                reader.duration(
                        "signals.slow-frame", Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofHours(1)),
                (int) reader.number("signals.most-sums", 50_000, 1, 10_000_000));
        reader.done();
        return settings;
    }
}
