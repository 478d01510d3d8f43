package io.ag06.sql.migrate;

import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * Applies the migrations ({@code classpath:migrations}, one global sequence, forwards only) to a ClickHouse database
 * and verifies that those applied earlier have not been changed since.
 *
 * <p>ClickHouse has no transactions for DDL, so every migration can be run again: one that was cut short, or failed, is
 * simply begun anew by the next run.
 */
public final class Migrator {
    private static final String LOCATION = "classpath:migrations";
    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** The servers' own databases, and the one that an engine may share with other uses. */
    private static final List<String> RESERVED = List.of("default", "system", "information_schema");

    private Migrator() {}

    /**
     * Migrates a database, which is created where there is none. A second run does nothing.
     *
     * @param url the server's HTTP interface, such as {@code http://127.0.0.1:8123}
     * @param user the user, who may create databases, tables, views and functions
     * @param password the user's password, empty for none
     * @param database a database of our own, in letters, digits and underscores; not {@code default}
     * @throws MigrationException with one line that says what is wrong and what to do: the server can't be reached, it
     *     refuses the user, a migration was changed after it was applied, or one failed
     */
    public static MigrationReport migrate(URI url, String user, String password, String database) {
        requireHttp(url);
        requireOwn(database);
        createDatabase(url, user, password, database);
        var flyway = Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(jdbcUrl(url, database), user, password)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .placeholders(Map.of("database", database))
                .load();
        try {
            verify(flyway, url, database);
            return report(flyway.migrate(), flyway, database);
        } catch (FlywayException e) {
            if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw new MigrationException(
                        "Database " + database + " of " + url
                                + " holds tables that these migrations did not make. Name a database of its own.",
                        e);
            }
            throw new MigrationException(
                    "Migrating database " + database + " of " + url + " failed: " + oneLine(e)
                            + ". Put right what it names and run the migration again: it continues where it stopped.",
                    e);
        }
    }

    private static void requireHttp(URI url) {
        var scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new MigrationException("The ClickHouse URL is " + url
                    + ", which names no HTTP interface. Give one such as http://127.0.0.1:8123.");
        }
    }

    private static void requireOwn(String database) {
        if (!DATABASE_NAME.matcher(database).matches() || RESERVED.contains(database.toLowerCase(Locale.ROOT))) {
            throw new MigrationException("The database is to be " + database
                    + ", which is reserved or no plain name. Give a name of its own in letters, digits and _, such as"
                    + " ag06.");
        }
    }

    /** Asks before it creates, so that a user who may not create databases can migrate one that is there. */
    private static void createDatabase(URI url, String user, String password, String database) {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        try (var connection = DriverManager.getConnection(jdbcUrl(url, "default"), properties);
                var statement = connection.createStatement()) {
            try (var answer =
                    statement.executeQuery("SELECT count() FROM system.databases WHERE name = '" + database + "'")) {
                if (answer.next() && answer.getLong(1) > 0) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
        } catch (SQLException e) {
            throw new MigrationException(ConnectionFailure.of(e).describe(url, user, oneLine(e)), e);
        }
    }

    /** Refuses changed migrations; clears the mark of one that failed, so that it runs again. */
    private static void verify(Flyway flyway, URI url, String database) {
        var unfit = flyway.validateWithResult().invalidMigrations.stream()
                .filter(found -> !isPendingOrFailed(found))
                .toList();
        if (!unfit.isEmpty()) {
            var names = unfit.stream().map(Migrator::describe).toList();
            throw new MigrationException("Database " + database + " of " + url
                    + " was migrated by other files than these: " + String.join("; ", names)
                    + ". Restore the applied migrations as they were and put the change into a new one.");
        }
        // Only now: repair would also accept changed checksums.
        if (Arrays.stream(flyway.info().all()).map(MigrationInfo::getState).anyMatch(MigrationState::isFailed)) {
            flyway.repair();
        }
    }

    private static boolean isPendingOrFailed(ValidateOutput found) {
        var code = found.errorDetails.errorCode;
        return code == CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED
                || code == CoreErrorCode.FAILED_VERSIONED_MIGRATION;
    }

    private static String describe(ValidateOutput unfit) {
        var code = unfit.errorDetails.errorCode;
        var what = code == CoreErrorCode.CHECKSUM_MISMATCH
                ? "was changed after it was applied (its checksum differs)"
                : code == CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED
                        ? "was applied and is not among the files"
                        : oneLine(unfit.errorDetails.errorMessage);
        return "migration " + unfit.version + " (" + unfit.description + ") " + what;
    }

    private static MigrationReport report(MigrateResult result, Flyway flyway, String database) {
        var applied = new ArrayList<String>();
        for (var migration : result.migrations) {
            applied.add(migration.version + " " + migration.description);
        }
        return new MigrationReport(
                database, flyway.info().current().getVersion().toString(), applied);
    }

    private static String jdbcUrl(URI url, String database) {
        return "jdbc:clickhouse:" + url.getScheme() + "://" + url.getRawAuthority() + "/" + database;
    }

    private static String oneLine(Throwable failure) {
        return oneLine(String.valueOf(failure.getMessage()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }
}
