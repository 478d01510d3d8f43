package io.ag06.bench.drain;

import java.util.Locale;
import java.util.Optional;

/** Who works through the topic, in the order in which they take turns. */
enum ContenderName {
    /** A bare consumer. */
    POLL(null),
    /** A bare consumer that makes an object of each record. */
    POLL_DECODE(POLL),
    /** The job {@code golden-signals}. */
    GOLDEN_SIGNALS(POLL),
    /** A bare client that inserts rows from memory. */
    INSERT(null),
    /** The job {@code event-archive}. */
    EVENT_ARCHIVE(INSERT);

    private final ContenderName bare;

    ContenderName(ContenderName bare) {
        this.bare = bare;
    }

    /** The bare loop that it is held against; none for a bare loop. */
    Optional<ContenderName> bare() {
        return Optional.ofNullable(bare);
    }

    /** As it is written on the command line and in reports. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }
}
