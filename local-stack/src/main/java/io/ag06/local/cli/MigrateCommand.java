package io.ag06.local.cli;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.Connections;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.MigrationReport;
import io.ag06.sql.migrate.Migrator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings ClickHouse's tables and views to this version. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Creates or updates the tables and views in ClickHouse.")
final class MigrateCommand extends OnData implements Callable<Integer> {
    @Override
    public Integer call() {
        ClickHouseAddress address = Connections.clickHouse(data.directory());
        MigrationReport report = Migrator.migrate(address.url(), address.user(), address.password(), Tables.DATABASE);
        report.applied().forEach(migration -> System.out.println("Applied " + migration));
        System.out.printf("%s at %s has version %s.%n", report.database(), address.url(), report.version());
        return 0;
    }
}
