package io.ag06.local.deadletters;

import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter, without its bytes.
 *
 * @param id which
 * @param topic the topic that the record was read from, or was meant for
 * @param partition its partition there; -1 where it never had one
 * @param offset its offset there; -1 where it never had one
 * @param stage where it was refused: decode, rules or store
 * @param error why
 * @param seenAt when it was refused
 * @param bytes how long its value is
 * @param replay the last time it was sent again, as far as {@code dead_letter_replays} has it; empty where it never was
 */
public record Letter(
        LetterId id,
        String topic,
        int partition,
        long offset,
        String stage,
        String error,
        Instant seenAt,
        long bytes,
        Optional<LetterReplay> replay) {}
