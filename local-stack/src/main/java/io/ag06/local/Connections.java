package io.ag06.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where commands find what runs already: named by the environment, or by the stack in a data folder. */
public final class Connections {
    private Connections() {}

    /** The server that the environment names, else the one of the stack that runs in the folder. */
    public static ClickHouseAddress clickHouse(Path dataDirectory) {
        return ClickHouseAddress.fromEnvironment(System.getenv()).orElseGet(() -> {
            Endpoints endpoints = running(dataDirectory);
            return new ClickHouseAddress(
                    URI.create(endpoints.clickhouseUrl()),
                    endpoints.clickhouseUser(),
                    Optional.ofNullable(endpoints.clickhousePasswordFile()).map(Path::of));
        });
    }

    /** The stack that runs in the folder. */
    public static Endpoints running(Path dataDirectory) {
        return Endpoints.readFrom(dataDirectory)
                .filter(Endpoints::alive)
                .orElseThrow(() -> new StackException(
                        "No stack runs in %s; start one with 'ag06 up', or name its folder with --data"
                                .formatted(dataDirectory)));
    }
}
