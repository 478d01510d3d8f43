package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What can be set for the job {@code event-archive}; the keys are told by the parts. */
public record EventArchiveSettings(KafkaSettings kafka, ClickHouseSettings clickHouse, RuleSettings rules) {
    public EventArchiveSettings {
        requireNonNull(kafka, "kafka");
        requireNonNull(clickHouse, "clickHouse");
        requireNonNull(rules, "rules");
    }

    /**
     * Reads {@code key=value} texts.
     *
     * @throws InvalidSettingsException with every problem, where there is any
     */
    public static EventArchiveSettings read(List<String> arguments) {
        SettingsReader reader = new SettingsReader(arguments);
        EventArchiveSettings settings = new EventArchiveSettings(
                KafkaSettings.read(reader, "event-archive"),
                ClickHouseSettings.read(reader),
                RuleSettings.read(reader));
        reader.done();
        return settings;
    }
}
