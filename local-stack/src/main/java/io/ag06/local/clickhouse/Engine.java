package io.ag06.local.clickhouse;

import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ClickHouse engine, open on one directory. A process can have one.
 *
 * <p>Statements can't reach the machine beside it: the engine's only user lacks the rights on files, URLs and SQLite,
 * and the right to shut the engine down (see {@code users.xml} of this package).
 */
final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Path tables;
    private final Set<String> settingNames;
    private final String timeZone;
    private final String version;
    /** Holds the directory open while no request does. */
    private final EngineConnection keeper;

    private Engine(Path tables, EngineConnection keeper) throws EngineException {
        this.tables = tables;
        this.keeper = keeper;
        this.settingNames =
                keeper.ask("SELECT name FROM system.settings").lines().collect(Collectors.toUnmodifiableSet());
        this.timeZone = keeper.ask("SELECT serverTimezone()").strip();
        this.version = keeper.ask("SELECT version()").strip();
    }

    /**
     * Opens the engine on a directory, which is created where it is missing.
     *
     * @param tables where the engine keeps its tables
     * @param stderr where this process's standard error goes: the engine tells there, and only there, why it can't open
     */
    static Engine open(Path library, Path tables, Path configuration, Path stderr) throws IOException {
        Chdb.load(library);
        Files.createDirectories(tables);
        Path config = writeConfiguration(configuration);
        long printed = Files.exists(stderr) ? Files.size(stderr) : 0;
        var keeper = connect(List.of("--path=" + tables, "--config-file=" + config));
        if (keeper == null) {
            throw new LocalClickHouseException("The ClickHouse engine can't open " + tables + ": "
                    + printedSince(stderr, printed) + ". Another process may use it, or see " + stderr);
        }
        try {
            var engine = new Engine(tables, keeper);
            LOG.info("ClickHouse {} (libchdb {}) is open on {}", engine.version, Chdb.version(), tables);
            return engine;
        } catch (EngineException e) {
            keeper.close();
            throw new LocalClickHouseException(
                    "The ClickHouse engine opened " + tables + " but doesn't answer: " + e.getMessage(), e);
        }
    }

    /**
     * A connection with the given settings, which end with it.
     *
     * @throws EngineException for an unknown setting or a value it doesn't take
     */
    EngineConnection connect(Map<String, String> settings) throws EngineException {
        var arguments = new ArrayList<String>();
        arguments.add("--path=" + tables);
        // The engine takes a bare expression for a query unless told otherwise; a server doesn't.
        arguments.add("--implicit_select=0");
        for (var setting : settings.entrySet()) {
            requireKnown(setting.getKey());
            arguments.add("--" + setting.getKey() + "=" + setting.getValue());
        }
        var connection = connect(arguments);
        if (connection != null) {
            return connection;
        }
        // The reason is on stderr only. SET gives it to us.
        var plain = connect(List.of("--path=" + tables, "--implicit_select=0"));
        if (plain == null) {
            throw new EngineException(EngineException.STD_EXCEPTION, "The engine takes no more connections");
        }
        try {
            for (var setting : settings.entrySet()) {
                plain.ask("SET " + setting.getKey() + " = " + SqlText.quote(setting.getValue()));
            }
            return plain;
        } catch (EngineException e) {
            plain.close();
            throw e;
        }
    }

    /** Throws for a name that is no setting: the connection's arguments would take it in silence. */
    void requireKnown(String setting) throws EngineException {
        if (!settingNames.contains(setting)) {
            throw new EngineException(
                    EngineException.UNKNOWN_SETTING,
                    "Setting " + setting + " is neither a builtin setting nor a parameter of the endpoint."
                            + " (UNKNOWN_SETTING)");
        }
    }

    String timeZone() {
        return timeZone;
    }

    String version() {
        return version;
    }

    /** Runs a statement of the endpoint's own on a connection that nobody else uses. */
    String ask(String statement) throws EngineException {
        try (var connection = connect(Map.of())) {
            return connection.ask(statement);
        }
    }

    private static EngineConnection connect(List<String> settings) {
        var arguments = new ArrayList<String>();
        arguments.add("clickhouse");
        arguments.addAll(settings);
        var argv = new StringArray(arguments.toArray(String[]::new), "UTF-8");
        var handle = Chdb.connect(arguments.size(), argv);
        argv.close();
        return handle == null ? null : new EngineConnection(handle);
    }

    private static Path writeConfiguration(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path users = directory.resolve("users.xml");
        try (var rights = Engine.class.getResourceAsStream("users.xml")) {
            Files.write(users, rights.readAllBytes());
        }
        return Files.writeString(
                directory.resolve("config.xml"),
                "<clickhouse><users_config>" + SqlText.escapeXml(users.toString()) + "</users_config></clickhouse>\n");
    }

    private static String printedSince(Path stderr, long offset) throws IOException {
        if (!Files.exists(stderr)) {
            return "it gave no reason";
        }
        try (var in = Files.newInputStream(stderr)) {
            in.skipNBytes(offset);
            String printed = new String(in.readNBytes(4096), java.nio.charset.StandardCharsets.UTF_8).strip();
            return printed.isEmpty() ? "it gave no reason" : printed.replaceAll("\\s*\\n\\s*", " ");
        }
    }

    @Override
    public void close() {
        keeper.close();
        // 1 means that threads of the merge pool are still there; they end with the process.
        int state = Chdb.shutdown();
        LOG.info("ClickHouse on {} is closed (chdb_shutdown gave {})", tables, state);
    }
}
