package io.ag06.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.local.Json;
import java.time.Instant;

/**
 * A dead letter's bytes, sent again.
 *
 * @param letter whose
 * @param topic the topic they were sent to
 * @param partition its partition
 * @param offset their offset there
 * @param replayedAt when
 */
public record LetterReplay(LetterId letter, String topic, int partition, long offset, Instant replayedAt) {
    /** As the record DeadLetterReplay says it. */
    static LetterReplay of(JsonNode json) {
        return new LetterReplay(
                new LetterId(
                        json.get("letter_topic").asText(),
                        json.get("letter_partition").asInt(),
                        json.get("letter_offset").asLong()),
                json.get("topic").asText(),
                json.get("partition").asInt(),
                json.get("offset").asLong(),
                Instant.parse(json.get("replayed_at").asText()));
    }

    /** The line of JSON that the record DeadLetterReplay is written from. */
    String toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("letter_topic", letter.topic());
        json.put("letter_partition", letter.partition());
        json.put("letter_offset", letter.offset());
        json.put("topic", topic);
        json.put("partition", partition);
        json.put("offset", offset);
        json.put("replayed_at", replayedAt.toString());
        return json.toString();
    }

    /** Where the bytes stand now. */
    public LetterId landedAt() {
        return new LetterId(topic, partition, offset);
    }
}
