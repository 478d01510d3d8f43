package io.ag06.local.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The engine's library on this machine: {@code AG06_CHDB_LIBRARY} where it is set, else a copy in the user's cache
 * ({@code AG06_CACHE}, else {@code XDG_CACHE_HOME/ag06}, else {@code ~/.cache/ag06}), which is fetched at first use
 * with npm, checked against a pinned hash and unpacked. The copy has its name only when it is complete, and processes
 * that want it at once wait for the first.
 */
final class EngineLibrary {
    private static final String INSTEAD =
            "; or set AG06_CLICKHOUSE_URL to a ClickHouse server, or put a clickhouse binary on the PATH";

    private final Map<String, String> environment;
    private final String system;
    private final String machine;
    private final EnginePackage engine;

    EngineLibrary(Map<String, String> environment, String system, String machine, EnginePackage engine) {
        this.environment = environment;
        this.system = system;
        this.machine = machine;
        this.engine = engine;
    }

    /** For this machine and this user. */
    static EngineLibrary here() {
        return new EngineLibrary(
                System.getenv(), System.getProperty("os.name"), System.getProperty("os.arch"), EnginePackage.LINUX_X64);
    }

    /** Where the library is; fetches it first where it must, showing progress on standard error. */
    Path locate() {
        var given = variable("AG06_CHDB_LIBRARY");
        if (given.isPresent()) {
            Path library = Path.of(given.get()).toAbsolutePath();
            if (!Files.isReadable(library)) {
                throw new LocalClickHouseException(
                        "AG06_CHDB_LIBRARY names " + library + ", which can't be read; correct or unset it");
            }
            return library;
        }
        requireSupported();
        Path directory = cache().resolve("chdb").resolve(engine.version());
        Path library = directory.resolve(Path.of(engine.entry()).getFileName());
        try {
            return isComplete(library) ? library : fetchOnce(directory, library);
        } catch (IOException e) {
            throw new LocalClickHouseException(
                    "The ClickHouse engine can't be put into " + directory + " (it needs "
                            + ((engine.archiveBytes() + engine.libraryBytes()) >> 20) + " MiB): " + e.getMessage()
                            + "; make room, or set AG06_CACHE to another directory",
                    e);
        }
    }

    /** The user's cache directory of this product. */
    Path cache() {
        return variable("AG06_CACHE")
                .map(Path::of)
                .or(() -> variable("XDG_CACHE_HOME").map(base -> Path.of(base, "ag06")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "ag06"))
                .toAbsolutePath();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private void requireSupported() {
        boolean linux = system.toLowerCase(Locale.ROOT).equals("linux");
        boolean x64 = machine.equals("amd64") || machine.equals("x86_64");
        if (!linux || !x64) {
            throw new LocalClickHouseException("The embedded ClickHouse engine runs on Linux x86-64 with glibc, not on "
                    + system + " " + machine + "; set AG06_CLICKHOUSE_URL to a ClickHouse server,"
                    + " or put a clickhouse binary on the PATH");
        }
    }

    private boolean isComplete(Path library) throws IOException {
        return Files.exists(library) && Files.size(library) == engine.libraryBytes();
    }

    /** One fetch at a time on this machine, and in this process. */
    private Path fetchOnce(Path directory, Path library) throws IOException {
        synchronized (EngineLibrary.class) {
            Files.createDirectories(directory);
            try (var lockFile = FileChannel.open(
                            directory.resolve("fetch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = lockFile.lock()) {
                if (lock.isValid() && !isComplete(library)) {
                    fetch(directory, library);
                }
                return library;
            }
        }
    }

    private void fetch(Path directory, Path library) throws IOException {
        Path download = Files.createTempDirectory(directory, "download");
        try {
            Path archive = new NpmPack(environment, INSTEAD).fetch(engine, download);
            requirePinnedHash(archive);
            unpack(archive, download, library);
        } finally {
            try (var leftOvers = Files.newDirectoryStream(download)) {
                for (Path leftOver : leftOvers) {
                    Files.delete(leftOver);
                }
            }
            Files.delete(download);
        }
    }

    private void requirePinnedHash(Path archive) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-512", e);
        }
        try (var in = new DigestInputStream(Files.newInputStream(archive), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        if (!engine.hasHash(digest.digest())) {
            throw new LocalClickHouseException("The fetched " + engine.spec()
                    + " is not the pinned one (its SHA-512 doesn't begin with " + engine.shortHash()
                    + "), so it was thrown away; clean npm's cache (npm cache clean --force) and try again" + INSTEAD);
        }
    }

    private void unpack(Path archive, Path download, Path library) throws IOException {
        Path draft = download.resolve("library");
        try (var progress = FetchProgress.of("Unpacking ClickHouse", engine.libraryBytes());
                InputStream in = Files.newInputStream(archive);
                var tar = new TarArchiveInputStream(new GZIPInputStream(in, 1 << 16))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && !entry.getName().equals(engine.entry())) {
                entry = tar.getNextEntry();
            }
            if (entry == null) {
                throw new LocalClickHouseException(engine.spec() + " holds no " + engine.entry() + INSTEAD);
            }
            try (var out = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var piece = java.nio.ByteBuffer.allocate(1 << 20);
                for (int read = tar.read(piece.array()); read >= 0; read = tar.read(piece.array())) {
                    piece.clear().limit(read);
                    while (piece.hasRemaining()) {
                        out.write(piece);
                    }
                    progress.stepTo(out.position());
                }
                out.force(true);
            }
        }
        if (!isComplete(draft)) {
            throw new LocalClickHouseException(
                    engine.entry() + " of " + engine.spec() + " has not its pinned size" + INSTEAD);
        }
        Files.move(draft, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
