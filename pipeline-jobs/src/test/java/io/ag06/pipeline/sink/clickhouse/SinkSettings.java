package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Settings to test the sink with; it tries again at once. */
final class SinkSettings {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(2);

    private SinkSettings() {}

    /** For a client of a server that is there. */
    static ClickHouseSettings at(URI url, Duration requestTimeout) {
        return of(url, requestTimeout, 0, "/nowhere", false);
    }

    /** For a sink whose client is given to it. */
    static ClickHouseSettings withoutServer(long blockMemoryBytes, Path blocks, boolean replaceFrom) {
        return of(
                URI.create("http://127.0.0.1:1"),
                Duration.ofSeconds(1),
                blockMemoryBytes,
                blocks.toUri().toString(),
                replaceFrom);
    }

    private static ClickHouseSettings of(
            URI url, Duration requestTimeout, long blockMemoryBytes, String blocks, boolean replaceFrom) {
        return new ClickHouseSettings(
                url,
                "default",
                Secret.NONE,
                "ag06",
                false,
                requestTimeout,
                FIRST_PAUSE,
                LONGEST_PAUSE,
                blockMemoryBytes,
                blocks,
                replaceFrom);
    }
}
