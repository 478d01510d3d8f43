package io.ag06.local.deadletters;

import java.time.Instant;

/**
 * Dead letters of one topic that were refused at one stage for one reason.
 *
 * @param topic the topic
 * @param stage the stage
 * @param reason the error, with an ellipsis for each word that has a digit in it: numbers, times, bytes
 * @param letters how many
 * @param replayed how many of them were sent again
 * @param first when the first was refused
 * @param last when the last was refused
 */
public record LetterCount(
        String topic, String stage, String reason, long letters, long replayed, Instant first, Instant last) {}
