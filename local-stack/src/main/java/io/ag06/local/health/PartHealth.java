package io.ag06.local.health;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How a part of the pipeline, or a job, is, and since when.
 *
 * @param name the part or job
 * @param wrong what is wrong, in words for a person; empty where nothing is
 * @param since when this was seen first: that it is well, or that it is not
 */
public record PartHealth(String name, Optional<String> wrong, Instant since) {
    public PartHealth {
        requireNonNull(name, "name");
        requireNonNull(wrong, "wrong");
        requireNonNull(since, "since");
    }

    public boolean isWell() {
        return wrong.isEmpty();
    }

    /** As seen at a later moment; another reason for not being well begins no new time of being so. */
    PartHealth next(Instant now, Optional<String> wrongNow) {
        return new PartHealth(name, wrongNow, wrongNow.isPresent() == wrong.isPresent() ? since : now);
    }
}
