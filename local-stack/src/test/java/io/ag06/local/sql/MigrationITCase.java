package io.ag06.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ag06.sql.migrate.MigrationException;
import io.ag06.sql.migrate.MigrationReport;
import io.ag06.sql.migrate.Migrator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty engine becomes the product's database, and what could go wrong is one clear line. Each test has its own. */
class MigrationITCase {
    private static final List<String> MIGRATIONS = List.of(
            "0001 raw tables",
            "0002 rejected blocks",
            "0003 golden signals partials",
            "0004 golden signals views",
            "0005 health now views",
            "0006 trace ids and replays",
            "0007 pipeline health",
            "0008 scaling");
    private static final String NEWEST = MIGRATIONS.get(MIGRATIONS.size() - 1).substring(0, 4);

    /** The migration that two tests leave unfinished, and all that follow it. */
    private static final List<String> FROM_THE_FIFTH = MIGRATIONS.subList(4, MIGRATIONS.size());

    @TempDir
    static Path data;

    private static OwnClickHouse database;

    @BeforeAll
    static void start() {
        database = OwnClickHouse.start(data);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void anEmptyServerIsMigratedOnceAndASecondRunDoesNothing() {
        assertThat(database.migrate("fresh")).isEqualTo(new MigrationReport("fresh", NEWEST, MIGRATIONS));
        assertThat(database.migrate("fresh")).isEqualTo(new MigrationReport("fresh", NEWEST, List.of()));
    }

    @Test
    void everyTableAndEveryColumnSaysWhatItIs() {
        database.migrate("documented");

        var ours =
                " FROM system.%s WHERE database = 'documented' AND %s NOT IN ('flyway_schema_history', 'golden_signals_every')"
                        + " AND comment = ''";
        assertThat(database.column("SELECT name" + ours.formatted("tables", "name")))
                .isEmpty();
        assertThat(database.column("SELECT concat(table, '.', name)" + ours.formatted("columns", "table")))
                .isEmpty();
    }

    @Test
    void theLargerGrainsHaveTheColumnsOfTheSmallest() {
        database.migrate("grains");

        var columns = "SELECT concat(name, ' ', type) FROM system.columns WHERE database = 'grains' AND table = '%s'"
                + " ORDER BY position";
        var smallest = database.column(columns.formatted("golden_signals"));
        assertThat(smallest).hasSize(24);
        for (var grain : List.of("golden_signals_1m", "golden_signals_1h", "golden_signals_1d")) {
            assertThat(database.column(columns.formatted(grain))).as(grain).isEqualTo(smallest);
        }
    }

    @Test
    void aMigrationThatWasChangedAfterItWasAppliedIsRefused() {
        database.migrate("changed");
        database.run("ALTER TABLE changed.flyway_schema_history UPDATE checksum = checksum + 1 WHERE version = '0003'"
                + " SETTINGS mutations_sync = 2");

        assertThatThrownBy(() -> database.migrate("changed"))
                .isInstanceOf(MigrationException.class)
                .hasMessage("Database changed of " + database.url() + " was migrated by other files than these:"
                        + " migration 0003 (golden signals partials) was changed after it was applied (its checksum"
                        + " differs). Restore the applied migrations as they were and put the change into a new one.");
    }

    @Test
    void aMigrationThatIsMarkedAsFailedRunsAgain() {
        database.migrate("failed");
        database.run("DROP VIEW failed.v_device_health_now");
        database.run(
                "DELETE FROM failed.flyway_schema_history WHERE version > '0005' SETTINGS lightweight_deletes_sync = 2");
        database.run("ALTER TABLE failed.flyway_schema_history UPDATE success = 0 WHERE version = '0005'"
                + " SETTINGS mutations_sync = 2");

        assertThat(database.migrate("failed").applied()).isEqualTo(FROM_THE_FIFTH);
        assertThat(database.column("SHOW TABLES FROM failed LIKE 'v_device_health_now'"))
                .hasSize(1);
    }

    @Test
    void aMigrationThatWasCutShortIsBegunAnew() {
        // As kill -9 leaves it: some of its tables are there, and nothing is noted.
        database.migrate("cut");
        database.run("DROP VIEW cut.v_device_health_now");
        database.run(
                "DELETE FROM cut.flyway_schema_history WHERE version >= '0005' SETTINGS lightweight_deletes_sync = 2");

        assertThat(database.migrate("cut").applied()).isEqualTo(FROM_THE_FIFTH);
        assertThat(database.column("SHOW TABLES FROM cut LIKE 'v_device_health_now'"))
                .hasSize(1);
    }

    @Test
    void aDatabaseThatHoldsOtherTablesIsLeftAlone() {
        database.run("CREATE DATABASE theirs");
        database.run("CREATE TABLE theirs.orders (n UInt8) ENGINE = MergeTree ORDER BY n");

        assertThatThrownBy(() -> database.migrate("theirs"))
                .isInstanceOf(MigrationException.class)
                .hasMessage("Database theirs of " + database.url()
                        + " holds tables that these migrations did not make. Name a database of its own.");
        assertThat(database.column("SHOW TABLES FROM theirs")).containsExactly("orders");
    }

    @Test
    void aWrongPasswordIsOneClearLine() {
        assertThatThrownBy(() -> Migrator.migrate(database.url(), database.user(), "guessed", "ag06"))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("ClickHouse at " + database.url() + " refuses the user (user default): ")
                .hasMessageEndingWith("Check the user's name and password.")
                .hasMessageNotContainingAny("\n", "guessed");
    }
}
