package io.ag06.schemas;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The topics of the product. Each is described by its file in {@code topics/}, which the local stack, the agent, the
 * jobs and the deployments read through this class; a test keeps this list and that folder the same.
 */
public final class Topics {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public static final Topic AUDIO_FRAMES = read("audio-frames");
    public static final Topic DEVICE_METRICS = read("device-metrics");
    public static final Topic SERVICE_REQUESTS = read("service-requests");
    public static final Topic SERVICE_METRICS = read("service-metrics");
    public static final Topic DEAD_LETTERS = read("dead-letters");
    public static final Topic DEAD_LETTER_REPLAYS = read("dead-letter-replays");
    public static final Topic PIPELINE_HEALTH = read("pipeline-health");
    public static final Topic SCALING_ACTIONS = read("scaling-actions");

    private static final List<Topic> ALL = List.of(
            AUDIO_FRAMES,
            DEVICE_METRICS,
            SERVICE_REQUESTS,
            SERVICE_METRICS,
            DEAD_LETTERS,
            DEAD_LETTER_REPLAYS,
            PIPELINE_HEALTH,
            SCALING_ACTIONS);

    private Topics() {}

    /** Every topic, in the order of the design's list. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The topic of that name, with or without {@code ag06.}; empty where there is none. */
    public static Optional<Topic> named(String name) {
        return ALL.stream()
                .filter(topic -> topic.name().equals(name) || topic.shortName().equals(name))
                .findFirst();
    }

    private static Topic read(String shortName) {
        var path = "/topics/" + shortName + ".yaml";
        try (var in = Topics.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the file " + path + " is missing from the class path");
            }
            return YAML.readValue(in, TopicFile.class).topic();
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + path + ": " + e.getMessage(), e);
        }
    }

    /** A topic as it is written; an unknown key is an error. */
    private record TopicFile(
            String name,
            String record,
            String description,
            String key,
            String keyReason,
            List<String> identity,
            int partitions,
            String retention,
            String timestamp,
            String compatibility,
            List<String> producers,
            List<String> consumers) {

        Topic topic() {
            return new Topic(
                    name,
                    record,
                    description,
                    key,
                    keyReason,
                    identity,
                    partitions,
                    Duration.parse(retention),
                    timestamp,
                    compatibility,
                    producers,
                    consumers);
        }
    }
}
