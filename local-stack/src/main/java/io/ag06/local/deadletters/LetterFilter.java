package io.ag06.local.deadletters;

import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which dead letters.
 *
 * @param topic those that were meant for this topic; empty for any
 * @param stage those that were refused there; empty for anywhere
 * @param since those that were refused then or later; empty for whenever
 */
public record LetterFilter(Optional<Topic> topic, Optional<String> stage, Optional<Instant> since) {
    /** All of them. */
    public static final LetterFilter ALL = new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The topic of this name, with or without {@code ag06.}.
     *
     * @throws StackException with the topics that there are
     */
    public static Topic topicNamed(String name) {
        return Topics.named(name)
                .orElseThrow(() -> new StackException("There is no topic '%s'; there are: %s"
                        .formatted(
                                name,
                                Topics.all().stream().map(Topic::shortName).collect(Collectors.joining(", ")))));
    }

    /** A condition on the rows of {@code dead_letters}. */
    String condition() {
        List<String> conditions = new ArrayList<>(List.of("1"));
        topic.ifPresent(wanted -> conditions.add("topic = " + SqlClient.literal(wanted.name())));
        stage.ifPresent(wanted -> conditions.add("stage = " + SqlClient.literal(wanted)));
        since.ifPresent(
                wanted -> conditions.add("seen_at >= fromUnixTimestamp64Milli(%d)".formatted(wanted.toEpochMilli())));
        return String.join(" AND ", conditions);
    }
}
