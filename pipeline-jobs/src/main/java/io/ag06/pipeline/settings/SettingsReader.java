package io.ag06.pipeline.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings from {@code key=value} texts and collects every problem, so that all of them are told at once by
 * {@link #done}. Each key is asked for exactly once, with its default.
 */
public final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|min|h|d)");

    private final Map<String, String> given = new TreeMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /** @param arguments each {@code key=value}, or {@code --key=value} */
    public SettingsReader(List<String> arguments) {
        for (String argument : arguments) {
            String text = argument.startsWith("--") ? argument.substring(2) : argument;
            int equals = text.indexOf('=');
            if (equals <= 0) {
                problems.add("'%s' is not a setting; write key=value".formatted(argument));
            } else if (given.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                problems.add("%s is given twice".formatted(text.substring(0, equals)));
            }
        }
    }

    /** A text that is not empty. */
    public String text(String key, String byDefault) {
        return value(key, byDefault, text -> text, text -> !text.isEmpty(), "a text that is not empty");
    }

    /** A text that may be empty. */
    public String optionalText(String key) {
        return value(key, "", text -> text, text -> true, "a text");
    }

    /** A whole number from min to max. */
    public long number(String key, long byDefault, long min, long max) {
        return value(
                key,
                byDefault,
                text -> Long.valueOf(text.replace("_", "")),
                number -> number >= min && number <= max,
                "a whole number from %d to %d".formatted(min, max));
    }

    /** A number above 0 and at most max. */
    public double positive(String key, double byDefault, double max) {
        return value(
                key,
                byDefault,
                Double::valueOf,
                number -> number > 0 && number <= max,
                "a number above 0 and at most %.0f".formatted(max));
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean byDefault) {
        return value(
                key,
                byDefault,
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                flag -> true,
                "true or false");
    }

    /**
     * A length of time such as {@code 500 ms}, {@code 10 s}, {@code 5 min}, {@code 1 h}, {@code 400 d}, or ISO-8601.
     */
    public Duration duration(String key, Duration byDefault, Duration min, Duration max) {
        return value(
                key,
                byDefault,
                SettingsReader::parseDuration,
                time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0,
                "a duration (500 ms, 10 s, 5 min, 1 h, 400 d) from %s to %s".formatted(words(min), words(max)));
    }

    /** An address such as {@code http://127.0.0.1:8123}. */
    public URI httpAddress(String key, URI byDefault) {
        return value(
                key,
                byDefault,
                URI::create,
                uri -> uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())),
                "an http or https address with a host");
    }

    /** A secret, given as the path of the file that holds it. */
    public Secret secretFile(String key) {
        return value(
                key,
                Secret.NONE,
                text -> Secret.fromFile(Path.of(text)),
                secret -> true,
                "a file that can be read and holds the secret");
    }

    /** Notes what is wrong between settings of which each is right by itself. */
    void require(boolean fulfilled, String problem) {
        if (!fulfilled) {
            problems.add(problem);
        }
    }

    /** Ends the reading; says everything that is wrong, an unknown key included. */
    public void done() {
        for (String key : given.keySet()) {
            if (!asked.contains(key)) {
                problems.add("%s is not a setting of this job; there are: %s".formatted(key, String.join(", ", asked)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private <T> T value(String key, T byDefault, Function<String, T> parse, Predicate<T> allowed, String what) {
        asked.add(key);
        String text = given.get(key);
        if (text == null) {
            return byDefault;
        }
        try {
            T value = parse.apply(text.strip());
            if (allowed.test(value)) {
                return value;
            }
        } catch (RuntimeException e) {
            // Told below, in the same words as a value out of range.
        }
        problems.add("%s=%s: must be %s".formatted(key, text, what));
        return byDefault;
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "min" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A duration as it is written in a setting. */
    public static String words(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + " d";
        }
        return seconds % 3600 == 0 && seconds > 0 ? seconds / 3600 + " h" : seconds + " s";
    }
}
