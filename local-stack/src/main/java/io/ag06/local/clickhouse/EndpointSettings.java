package io.ag06.local.clickhouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the child process is told, and where it keeps things in the data directory.
 *
 * @param data the data directory
 * @param port on 127.0.0.1; 0 for a free one
 * @param library libchdb.so
 * @param lockWaitSeconds how long a previous owner may take to end
 * @param mostBodyBytes of one request, decoded
 * @param mostResultBytes of one result that is collected before it is sent
 * @param mostQueries at the same time; more are refused with code 202
 */
record EndpointSettings(
        Path data,
        int port,
        Path library,
        int lockWaitSeconds,
        long mostBodyBytes,
        long mostResultBytes,
        int mostQueries) {
    private static final int LOCK_WAIT_SECONDS = 30;
    private static final long MOST_BODY_BYTES = 1L << 30;
    private static final long MOST_RESULT_BYTES = 1L << 30;
    private static final int MOST_QUERIES = 100;

    /** The defaults for everything but the place. */
    static EndpointSettings in(Path data, int port, Path library) {
        return new EndpointSettings(
                data, port, library, LOCK_WAIT_SECONDS, MOST_BODY_BYTES, MOST_RESULT_BYTES, MOST_QUERIES);
    }

    /** Reads {@code name=value} arguments, which {@link #arguments} wrote. */
    static EndpointSettings read(List<String> arguments) {
        var values = new TreeMap<String, String>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("Not name=value: " + argument);
            }
            values.put(parts[0], parts[1]);
        }
        var settings = new EndpointSettings(
                Path.of(take(values, "data")),
                Integer.parseInt(take(values, "port")),
                Path.of(take(values, "library")),
                Integer.parseInt(take(values, "lock-wait-seconds")),
                Long.parseLong(take(values, "most-body-bytes")),
                Long.parseLong(take(values, "most-result-bytes")),
                Integer.parseInt(take(values, "most-queries")));
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("Unknown: " + values.keySet());
        }
        return settings;
    }

    private static String take(TreeMap<String, String> values, String name) {
        String value = values.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("Missing: " + name);
        }
        return value;
    }

    /** The line that says why a port can't be had. */
    static String takenPort(int port) {
        return "Port " + port + " on 127.0.0.1 is taken by another program;"
                + " stop that program or choose another port for ClickHouse";
    }

    List<String> arguments() {
        return new ArrayList<>(List.of(
                "data=" + data,
                "port=" + port,
                "library=" + library,
                "lock-wait-seconds=" + lockWaitSeconds,
                "most-body-bytes=" + mostBodyBytes,
                "most-result-bytes=" + mostResultBytes,
                "most-queries=" + mostQueries));
    }

    /** The engine's tables. */
    Path tables() {
        return data.resolve("engine");
    }

    /** The engine's configuration, written at each start. */
    Path configuration() {
        return data.resolve("config");
    }

    /** Bodies that don't fit into memory; emptied at each start. */
    Path spool() {
        return data.resolve("spool");
    }

    /** The child's working directory, empty: the engine would read files of it. */
    Path work() {
        return data.resolve("work");
    }

    /** Standard error of the child: its log and the engine's words. */
    Path log() {
        return data.resolve("endpoint.log");
    }

    /** Held by the one process that owns the directory. */
    Path lock() {
        return data.resolve("endpoint.lock");
    }

    Path passwordFile() {
        return data.resolve("password");
    }
}
