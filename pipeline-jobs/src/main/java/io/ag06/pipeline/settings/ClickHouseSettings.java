package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the rows go, and how patiently.
 *
 * @param url the server's HTTP address ({@code clickhouse.url})
 * @param user the user ({@code clickhouse.user})
 * @param password read from the file named by {@code clickhouse.password-file}
 * @param database the database that holds the tables ({@code clickhouse.database})
 * @param compress whether inserts travel compressed ({@code clickhouse.compress}): costs time on one machine, saves it
 *     over a network
 * @param requestTimeout longest time a request may take ({@code clickhouse.request-timeout})
 * @param firstRetryPause pause after the first failed attempt ({@code clickhouse.first-retry-pause}), doubled each time
 * @param longestRetryPause the longest pause ({@code clickhouse.longest-retry-pause})
 * @param blockMemoryBytes bytes of blocks that a task keeps in memory between checkpoints, those still open among them
 *     ({@code clickhouse.block-memory-bytes}); more go to files
 * @param blockDirectory where those files lie, as a Flink path that every task manager reaches
 *     ({@code clickhouse.block-directory})
 * @param replaceFrom whether rows at or after the start position are deleted first ({@code replace-from})
 */
public record ClickHouseSettings(
        URI url,
        String user,
        Secret password,
        String database,
        boolean compress,
        Duration requestTimeout,
        Duration firstRetryPause,
        Duration longestRetryPause,
        long blockMemoryBytes,
        String blockDirectory,
        boolean replaceFrom)
        implements Serializable {
    public ClickHouseSettings {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(database, "database");
        requireNonNull(requestTimeout, "requestTimeout");
        requireNonNull(firstRetryPause, "firstRetryPause");
        requireNonNull(longestRetryPause, "longestRetryPause");
        requireNonNull(blockDirectory, "blockDirectory");
    }

    static ClickHouseSettings read(SettingsReader settings) {
        Duration firstRetryPause = settings.duration(
                "clickhouse.first-retry-pause", Duration.ofMillis(100), Duration.ofMillis(1), Duration.ofMinutes(1));
        Duration longestRetryPause = settings.duration(
                "clickhouse.longest-retry-pause",
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                Duration.ofMinutes(10));
        settings.require(
                longestRetryPause.compareTo(firstRetryPause) >= 0,
                "clickhouse.longest-retry-pause must be at least clickhouse.first-retry-pause (%s)"
                        .formatted(SettingsReader.words(firstRetryPause)));
        return new ClickHouseSettings(
                settings.httpAddress("clickhouse.url", URI.create("http://127.0.0.1:8123")),
                settings.text("clickhouse.user", "default"),
                settings.secretFile("clickhouse.password-file"),
                settings.text("clickhouse.database", "ag06"),
                settings.flag("clickhouse.compress", false),
                settings.duration(
                        "clickhouse.request-timeout",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)),
                firstRetryPause,
                longestRetryPause,
                settings.number("clickhouse.block-memory-bytes", 128L << 20, 0, 16L << 30),
                settings.text(
                        "clickhouse.block-directory",
                        Path.of(System.getProperty("java.io.tmpdir"), "ag06-blocks")
                                .toUri()
                                .toString()),
                settings.flag("replace-from", false));
    }
}
