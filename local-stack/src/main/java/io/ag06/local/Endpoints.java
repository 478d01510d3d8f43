package io.ag06.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a running stack is reached; written to {@code endpoints.json} in its data folder while it runs.
 *
 * @param kafka {@code host:port}
 * @param flinkRest URL of Flink's REST interface
 * @param clickhouseUrl URL of ClickHouse's HTTP interface
 * @param clickhouseUser its user
 * @param clickhousePasswordFile the file that holds the user's password
 * @param pageUrl the page for people: Flink's jobs
 * @param metricsUrl the pipeline's metrics for Prometheus; its health is beside them, at {@code /healthz}
 * @param pid the process that runs the stack
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Endpoints(
        String kafka,
        String flinkRest,
        String clickhouseUrl,
        String clickhouseUser,
        String clickhousePasswordFile,
        String pageUrl,
        String metricsUrl,
        long pid) {
    /** The file in a data folder. */
    public static Path fileIn(Path dataDirectory) {
        return dataDirectory.resolve("endpoints.json");
    }

    /** What a stack wrote that runs in the data folder, or ran there and was killed. */
    public static Optional<Endpoints> readFrom(Path dataDirectory) {
        Path file = fileIn(dataDirectory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(file), Endpoints.class));
        } catch (IOException e) {
            throw new StackException(
                    "%s can't be read (%s); stop the stack and delete it".formatted(file, e.getMessage()), e);
        }
    }

    /** Writes the file at once or not at all, readable by its owner only. */
    public void writeTo(Path dataDirectory) {
        Path file = fileIn(dataDirectory);
        try {
            Path draft = Files.createTempFile(
                    dataDirectory,
                    "endpoints",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, toJson());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoints can't be written to " + file, e);
        }
    }

    /** As in the file. */
    public String toJson() {
        return Json.pretty(this);
    }

    /** Whether the process that wrote this is alive. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
