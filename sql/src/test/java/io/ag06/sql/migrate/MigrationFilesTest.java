package io.ag06.sql.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationFilesTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/migrations");
    private static final Path CHECKSUMS = Path.of("src/test/resources/migrations.sha256");

    static List<Path> migrations() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            return files.sorted().toList();
        }
    }

    /**
     * A migration that somebody has applied can't change: their database would refuse the new one. A change goes into a
     * new migration, and that into the list: {@code sha256sum *.sql}.
     */
    @Test
    void noMigrationWasChanged() throws IOException {
        var checksums = migrations().stream()
                .map(migration -> sha256(migration) + "  " + migration.getFileName())
                .toList();
        assertThat(checksums).isEqualTo(Files.readAllLines(CHECKSUMS));
    }

    @Test
    void migrationsAreNumberedWithoutGaps() throws IOException {
        var files = migrations();
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i).getFileName().toString()).matches("V%04d__[a-z0-9_]+\\.sql".formatted(i + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void aMigrationSaysWhyWhetherItRewritesAndHowItIsSorted(Path migration) throws IOException {
        assertThat(Files.readString(migration)).startsWith("-- Reason").contains("-- Rewrites :", "Sort key");
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void aMigrationThatWasCutShortCanBeRunAgain(Path migration) throws IOException {
        assertThat(Files.readAllLines(migration).stream()
                        .filter(line -> line.startsWith("CREATE ") || line.startsWith("ALTER ")))
                .isNotEmpty()
                .allMatch(line -> line.contains(" IF NOT EXISTS ") || line.startsWith("CREATE OR REPLACE "));
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
