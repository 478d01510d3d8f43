package io.ag06.local;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way to reach a broker, on the loopback interface. The two ports differ where something stands in between, as a
 * proxy that cuts the connection for a test.
 *
 * @param name in capital letters, unlike any other of the broker's
 * @param bound where the broker listens
 * @param advertised where it tells clients who came this way to find it
 */
public record KafkaDoor(String name, int bound, int advertised) {
    public KafkaDoor {
        requireNonNull(name, "name");
    }

    /** As one argument of a command. */
    String asArgument() {
        return "%s:%d:%d".formatted(name, bound, advertised);
    }

    static KafkaDoor ofArgument(String argument) {
        List<String> parts = Stream.of(argument.split(":", 3)).toList();
        return new KafkaDoor(parts.get(0), Integer.parseInt(parts.get(1)), Integer.parseInt(parts.get(2)));
    }
}
