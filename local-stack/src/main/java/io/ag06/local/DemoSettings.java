package io.ag06.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a demo shows.
 *
 * @param length for how long events are made
 * @param audio sound files that play in turn; empty for the built-in programme
 * @param dataDirectory where the stack keeps its data; empty for a folder that goes with the demo
 * @param externalClickHouse a server to use in place of the embedded one
 */
public record DemoSettings(
        Duration length,
        List<Path> audio,
        Optional<Path> dataDirectory,
        Optional<ClickHouseAddress> externalClickHouse) {
    public DemoSettings {
        requireNonNull(length, "length");
        audio = List.copyOf(audio);
        requireNonNull(dataDirectory, "dataDirectory");
        requireNonNull(externalClickHouse, "externalClickHouse");
    }
}
