package io.ag06.local;

import static java.util.Objects.requireNonNull;

import io.ag06.sql.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a ClickHouse answers, and as whom to ask.
 *
 * @param url its HTTP interface
 * @param user the user
 * @param passwordFile the file that holds the password; empty for a user without one
 */
public record ClickHouseAddress(URI url, String user, Optional<Path> passwordFile) {
    public ClickHouseAddress {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(passwordFile, "passwordFile");
    }

    /** A real server named by the environment ({@code AG06_CLICKHOUSE_URL} and its companions), if there is one. */
    public static Optional<ClickHouseAddress> fromEnvironment(Map<String, String> environment) {
        String url = environment.get("AG06_CLICKHOUSE_URL");
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        URI address;
        try {
            address = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw new StackException("AG06_CLICKHOUSE_URL=%s is not a URL such as http://host:8123".formatted(url), e);
        }
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new StackException("AG06_CLICKHOUSE_URL=%s is not a URL such as http://host:8123".formatted(url));
        }
        return Optional.of(new ClickHouseAddress(
                address,
                environment.getOrDefault("AG06_CLICKHOUSE_USER", "default"),
                Optional.ofNullable(environment.get("AG06_CLICKHOUSE_PASSWORD_FILE"))
                        .map(Path::of)));
    }

    /** The password. */
    public String password() {
        return passwordFile.map(ClickHouseAddress::read).orElse("");
    }

    /** The address as settings of a job. */
    public List<String> asJobSettings() {
        return passwordFile
                .map(file -> List.of(
                        "clickhouse.url=" + url,
                        "clickhouse.user=" + user,
                        "clickhouse.database=" + Tables.DATABASE,
                        "clickhouse.password-file=" + file))
                .orElseGet(() -> List.of(
                        "clickhouse.url=" + url, "clickhouse.user=" + user, "clickhouse.database=" + Tables.DATABASE));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new StackException("The password of ClickHouse can't be read from " + file, e);
        }
    }
}
