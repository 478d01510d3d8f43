package io.ag06.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A command line of {@code --name value} pairs, read setting by setting; its problems are told all at once. */
final class Arguments {
    private static final Set<String> FLAGS = Set.of("fast");

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Arguments(List<String> commandLine) {
        var rest = commandLine.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            if (!argument.startsWith("--")) {
                problem(argument + ": expected a setting, which begins with --");
                continue;
            }
            var name = argument.substring(2);
            if (!FLAGS.contains(name) && !rest.hasNext()) {
                problem(argument + ": its value is missing");
            } else if (given.put(name, FLAGS.contains(name) ? "true" : rest.next()) != null) {
                problem(argument + ": given twice");
            }
        }
    }

    void problem(String text) {
        problems.add(text);
    }

    boolean flag(String name) {
        return given.remove(name) != null;
    }

    String text(String name, String otherwise, String pattern, String allowed) {
        var text = value(name, Function.identity(), otherwise);
        if (!text.matches(pattern)) {
            problem("--" + name + ": was '" + text + "', allowed is " + allowed);
        }
        return text;
    }

    long number(String name, long otherwise, long minimum) {
        var text = given.remove(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= minimum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too small is.
        }
        problem("--" + name + ": was '" + text + "', allowed is a whole number from " + minimum + " on");
        return otherwise;
    }

    /** A value that a type reads by itself; null where there must be one and is none. */
    <T> T value(String name, Function<String, T> parse, T otherwise) {
        var text = given.remove(name);
        if (text == null) {
            if (otherwise == null) {
                problem("--" + name + ": missing");
            }
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problem(e.getMessage());
            return otherwise;
        }
    }

    /** Ends the reading: what nobody asked for is a problem, and one problem is enough to refuse it all. */
    void refuseTheRest() {
        given.keySet().forEach(name -> problem("--" + name + ": there is no such setting"));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }
}
