package io.ag06.local.cli;

import io.ag06.local.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The files that options name: what is written must be neither what is read nor another one that is written. */
final class NamedFiles {
    private final CommandSpec command;
    private final Map<String, Path> named = new LinkedHashMap<>();

    NamedFiles(CommandSpec command) {
        this.command = command;
    }

    /** A file that is read. */
    NamedFiles reading(String option, Path file) {
        named.put(option, file);
        return this;
    }

    /**
     * A file that is written.
     *
     * @param file null where the option is not given
     * @throws ParameterException if an option before names it, too
     */
    Optional<OutputFile> writing(String option, Path file) {
        if (file == null) {
            return Optional.empty();
        }
        OutputFile output = OutputFile.at(file);
        named.forEach((other, path) -> {
            if (isSame(path, file)) {
                throw new ParameterException(
                        command.commandLine(), "%s and %s are the same file, %s".formatted(other, option, file));
            }
        });
        named.put(option, file);
        return Optional.of(output);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            if (Files.exists(one) && Files.exists(other)) {
                return Files.isRegularFile(one) && Files.isSameFile(one, other);
            }
            return place(one).equals(place(other));
        } catch (IOException e) {
            // One of them can't be looked at; reading or writing it will say why.
            return false;
        }
    }

    private static Path place(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
    }
}
