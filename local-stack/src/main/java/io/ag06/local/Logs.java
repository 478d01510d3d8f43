package io.ag06.local;

import java.nio.file.Path;

/** Where this process writes its log. */
public final class Logs {
    private static final String FILE_PROPERTY = "ag06.log";

    private Logs() {}

    /** Sends the log to the folder; to be called before anything logs. */
    public static void writeTo(Path directory) {
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        System.setProperty(FILE_PROPERTY, fileIn(directory).toString());
    }

    /** The log of a data folder. */
    public static Path fileIn(Path directory) {
        return directory.resolve("logs").resolve("ag06.log");
    }
}
