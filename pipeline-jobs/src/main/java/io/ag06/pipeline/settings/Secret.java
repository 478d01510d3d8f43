package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A secret that comes from a file, and can't be printed by accident. */
public final class Secret implements Serializable {
    /** No secret: an empty password. */
    public static final Secret NONE = new Secret("");

    private final String value;

    private Secret(String value) {
        this.value = requireNonNull(value, "value");
    }

    /** The secret that a file holds, without the line break at its end. */
    public static Secret fromFile(Path file) {
        try {
            return new Secret(Files.readString(file).stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException("The secret can't be read from " + file, e);
        }
    }

    /** The secret itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "(none)" : "(hidden)";
    }
}
