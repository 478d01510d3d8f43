package io.ag06.local.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which data folder a command works on. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the stack's data (default: ~/.ag06/data).")
    private Path given;

    /** The folder, absolute. */
    Path directory() {
        Path directory = given == null ? Path.of(System.getProperty("user.home"), ".ag06", "data") : given;
        return directory.toAbsolutePath().normalize();
    }

    /** Whether it was named. */
    boolean isGiven() {
        return given != null;
    }
}
