package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching the engine, with a script in npm's place and a small archive in the package's. */
class EngineLibraryTest {
    private static final byte[] LIBRARY = "the library".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private byte[] archive;
    private EnginePackage engine;

    @BeforeEach
    void packTheEngine() throws IOException, NoSuchAlgorithmException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String name : List.of("package/package.json", "package/libchdb.so")) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(LIBRARY.length);
                tar.putArchiveEntry(entry);
                tar.write(LIBRARY);
                tar.closeArchiveEntry();
            }
        }
        archive = bytes.toByteArray();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
        engine = new EnginePackage("@x/y", "1.2.3", hash, archive.length, "package/libchdb.so", LIBRARY.length);
    }

    private void npm(String script) throws IOException {
        Files.write(directory.resolve("archive"), archive);
        Path npm = Files.createDirectories(directory.resolve("bin")).resolve("npm");
        Files.writeString(npm, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void npmThatWorks() throws IOException {
        npm("echo \"$@\" >> '" + directory + "/calls'\n" + "cp '" + directory + "/archive' ./x-y-1.2.3.tgz");
    }

    private EngineLibrary library(Map<String, String> more) {
        var environment = new HashMap<String, String>();
        environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        environment.put("AG06_CACHE", directory.resolve("cache").toString());
        environment.putAll(more);
        return new EngineLibrary(environment, "Linux", "amd64", engine);
    }

    @Test
    void theEngineIsFetchedOnceThoughManyWantItAtOnce() throws IOException {
        npmThatWorks();

        var wanted = IntStream.range(0, 4)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> library(Map.of()).locate()))
                .toList();

        for (var found : wanted) {
            assertThat(Files.readAllBytes(found.join())).isEqualTo(LIBRARY);
        }
        assertThat(Files.readAllLines(directory.resolve("calls")))
                .singleElement()
                .asString()
                .startsWith("pack")
                .endsWith("@x/y@1.2.3");
        try (var left = Files.list(wanted.get(0).join().getParent())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("libchdb.so", "fetch.lock");
        }
    }

    @Test
    void aHalfWrittenCopyIsFetchedAgain() throws IOException {
        npmThatWorks();
        Path library = library(Map.of()).locate();
        Files.writeString(library, "half");

        assertThat(Files.readAllBytes(library(Map.of()).locate())).isEqualTo(LIBRARY);
    }

    @Test
    void anArchiveThatIsNotThePinnedOneIsThrownAway() throws IOException {
        npmThatWorks();
        archive[archive.length - 5] ^= 1;
        Files.write(directory.resolve("archive"), archive);

        assertThatThrownBy(() -> library(Map.of()).locate())
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageContaining("@x/y@1.2.3 is not the pinned one")
                .hasMessageNotContainingAny("\n");
        assertThat(directory.resolve("cache/chdb/1.2.3/libchdb.so")).doesNotExist();
    }

    @Test
    void noNetworkIsSaidInOneLineWithWhatToDo() throws IOException {
        npm("echo 'npm error code ENOTFOUND'; echo 'npm error network request failed'; exit 1");

        assertThatThrownBy(() -> library(Map.of()).locate())
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageContaining("ENOTFOUND network request failed")
                .hasMessageContaining("AG06_CLICKHOUSE_URL")
                .hasMessageNotContainingAny("\n");
    }

    @Test
    void noNpmIsSaidInOneLine() {
        assertThatThrownBy(() -> library(Map.of("PATH", "/nowhere")).locate())
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageStartingWith("npm is not on the PATH");
    }

    @Test
    void anotherPlatformIsToldWhichOneIsNeeded() {
        assertThatThrownBy(() -> new EngineLibrary(Map.of(), "Mac OS X", "aarch64", engine).locate())
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageContaining("Linux x86-64 with glibc, not on Mac OS X aarch64")
                .hasMessageContaining("AG06_CLICKHOUSE_URL");
    }

    @Test
    void aGivenLibraryIsUsedAsItIs() throws IOException {
        Path given = Files.writeString(directory.resolve("mine.so"), "mine");

        assertThat(library(Map.of("AG06_CHDB_LIBRARY", given.toString())).locate())
                .isEqualTo(given);
        assertThatThrownBy(() ->
                        library(Map.of("AG06_CHDB_LIBRARY", given + ".absent")).locate())
                .hasMessageContaining("AG06_CHDB_LIBRARY names " + given + ".absent");
    }

    @Test
    void theCacheIsTheUsers() {
        assertThat(library(Map.of("AG06_CACHE", "/a")).cache()).isEqualTo(Path.of("/a"));
        assertThat(library(Map.of("AG06_CACHE", "", "XDG_CACHE_HOME", "/x")).cache())
                .isEqualTo(Path.of("/x/ag06"));
        assertThat(library(Map.of("AG06_CACHE", "")).cache())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "ag06"));
    }
}
