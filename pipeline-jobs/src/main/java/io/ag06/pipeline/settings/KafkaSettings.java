package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

/**
 * Where the events come from.
 *
 * @param bootstrapServers {@code host:port[,host:port]} ({@code kafka.bootstrap-servers})
 * @param groupId the name under which progress shows in Kafka ({@code kafka.group-id}); never a start position
 */
public record KafkaSettings(String bootstrapServers, String groupId) {
    public KafkaSettings {
        requireNonNull(bootstrapServers, "bootstrapServers");
        requireNonNull(groupId, "groupId");
    }

    /** The group of a job, unless a setting names another. */
    public static String groupOf(String job) {
        return "ag06-" + job;
    }

    static KafkaSettings read(SettingsReader settings, String job) {
        return new KafkaSettings(
                settings.text("kafka.bootstrap-servers", "127.0.0.1:9092"),
                settings.text("kafka.group-id", groupOf(job)));
    }
}
