package io.ag06.sql.migrate;

import java.util.List;

/**
 * What a run of the {@link Migrator} did.
 *
 * @param database the database that was migrated
 * @param version the version of the newest migration that it has now, such as {@code 0005}
 * @param applied the migrations that this run applied, in order, such as {@code 0001 raw tables}; empty if there was
 *     nothing to do
 */
public record MigrationReport(String database, String version, List<String> applied) {
    public MigrationReport {
        applied = List.copyOf(applied);
    }
}
