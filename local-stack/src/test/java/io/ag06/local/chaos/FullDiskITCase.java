package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded engine does not notice writes that fail: while its disk was full, it put merged parts of empty files in
 * the place of good ones. It must not come to that.
 */
@Timeout(120)
class FullDiskITCase {
    private static final int ROWS = 2_000;
    private static final int DISK_MEBIBYTES = 200;
    private static final int TIMES_FULL = 3;

    @TempDir
    Path folder;

    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void whatWasStoredBeforeTheDiskWasFullIsThereAfterwards() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.at(folder.resolve("disk"), DISK_MEBIBYTES);
        assumeTrue(mounted.isPresent(), "not run: only root may have a small disk");
        try (SmallDisk disk = mounted.get();
                LocalClickHouse clickHouse = LocalClickHouse.start(folder.resolve("disk"), 0)) {
            disk.discard();
            ClickHouseAddress address =
                    new ClickHouseAddress(clickHouse.url(), clickHouse.user(), Optional.of(clickHouse.passwordFile()));
            Migrator.migrate(address.url(), address.user(), address.password(), Tables.DATABASE);
            SqlClient sql = new SqlClient(address);
            run(sql, "CREATE TABLE numbers (n UInt64, s String) ENGINE = MergeTree ORDER BY n");
            CompletableFuture<Void> inserts = CompletableFuture.runAsync(() -> insert(sql));

            for (int times = 0; times < TIMES_FULL; times++) {
                int refusedBefore = refused.get();
                disk.fill();
                await().atMost(Duration.ofSeconds(20)).until(() -> refused.get() > refusedBefore + 5);
                int storedWhenFull = stored.get();
                assertThat(sql.number("SELECT uniqExact(n) FROM numbers")).isEqualTo((long) storedWhenFull * ROWS);
                disk.free();
                await().atMost(Duration.ofSeconds(20)).until(() -> stored.get() > storedWhenFull + 20);
            }
            goesOn.set(false);
            inserts.join();

            long rows = (long) stored.get() * ROWS;
            assertThat(sql.rows("SELECT count() AS rows, uniqExact(n) AS different FROM numbers"))
                    .singleElement()
                    .hasToString("{\"rows\":%d,\"different\":%d}".formatted(rows, rows));
            assertThat(sql.rows("CHECK TABLE numbers"))
                    .allSatisfy(
                            part -> assertThat(part.get("is_passed").asInt()).isEqualTo(1));
        }
    }

    @Test
    void whatIsOnADiskStaysInItsFolderUnlessItIsDiscarded() throws IOException {
        SmallDisk kept = disk(folder.resolve("kept"));
        SmallDisk discarded = disk(folder.resolve("discarded"));
        discarded.discard();
        Thread.currentThread().interrupt(); // As when somebody ends a run by hand.
        kept.close();
        discarded.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("kept/evidence")).hasContent("42");
        assertThat(folder.resolve("discarded")).isEmptyDirectory();
    }

    @Test
    void aDiskThatCanNotBeCopiedStays() throws IOException {
        Path directory = folder.resolve("small");
        SmallDisk disk = disk(directory);
        Files.writeString(folder.resolve("small.kept"), "in the way");
        try {
            disk.close();
            assertThat(directory.resolve("evidence")).hasContent("42");
        } finally {
            assertThat(SmallDisk.unmount(directory)).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static SmallDisk disk(Path directory) throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.at(directory, DISK_MEBIBYTES);
        assumeTrue(mounted.isPresent(), "not run: only root may have a small disk");
        Files.writeString(directory.resolve("evidence"), "42");
        return mounted.get();
    }

    private void insert(SqlClient sql) {
        while (goesOn.get()) {
            try {
                run(
                        sql,
                        "INSERT INTO numbers SELECT number + %d, toString(number) FROM numbers(%d)"
                                .formatted((long) stored.get() * ROWS, ROWS));
                stored.incrementAndGet();
            } catch (StackException e) {
                assertThat(e).hasMessageContaining("NOT_ENOUGH_SPACE");
                refused.incrementAndGet();
            }
        }
    }

    private static void run(SqlClient sql, String statement) {
        sql.rows(statement);
    }
}
