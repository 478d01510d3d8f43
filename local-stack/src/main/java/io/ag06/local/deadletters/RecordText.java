package io.ag06.local.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.TopicText;
import io.ag06.schemas.Topics;
import java.util.Optional;

/**
 * A record as a person reads it, or why it can't be read so.
 *
 * @param json the record; empty where its bytes are none
 * @param whyNot why there is no JSON; empty where there is
 */
public record RecordText(Optional<JsonNode> json, String whyNot) {
    /** The record in these bytes, were they sent to this topic. */
    public static RecordText of(String topic, byte[] value) {
        if (Topics.named(topic).isEmpty()) {
            return no("this version has no topic " + topic);
        }
        try {
            String text = TopicText.of(Topics.named(topic).get()).text(value);
            return new RecordText(Optional.of(Json.MAPPER.readTree(text)), "");
        } catch (DecodeException | IllegalArgumentException e) {
            return no(e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record was written as JSON that is none", e);
        }
    }

    private static RecordText no(String why) {
        return new RecordText(Optional.empty(), "No record that can be shown as JSON: " + why);
    }
}
