package io.ag06.agent;

import io.ag06.agent.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What one agent does; read once, before anything is opened.
 *
 * @param source the sound: {@code wav:FILE}, {@code live[:MIXER]} or {@code synthetic[:SEED]}
 * @param fast whether a file or a generator plays as fast as it can, its event times ending now
 * @param deviceId the name of this device, at the most 200 letters, digits, dots, dashes and underscores
 * @param kafka HOST:PORT of Kafka, several with commas
 * @param spool the folder of what could not be published yet
 * @param spoolLimitBytes size at which the spool is full
 * @param transactionInterval how long a transaction collects records
 * @param stopPatience for how long a stopping agent publishes what it still has
 */
public record AgentSettings(
        String source,
        boolean fast,
        String deviceId,
        String kafka,
        Path spool,
        long spoolLimitBytes,
        Duration transactionInterval,
        Duration stopPatience) {

    static final String USAGE =
            "--source wav:FILE|live[:MIXER]|synthetic[:SEED] [--fast] [--device-id ID] [--kafka HOST:PORT]"
                    + " [--spool DIR] [--spool-limit-bytes N] [--transaction-interval-ms N] [--stop-patience-ms N]";

    private static final Pattern SOURCE = Pattern.compile("wav:.+|live(:.+)?|synthetic(:-?\\d+)?");
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern KAFKA = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");

    /** The settings of an agent for this sound, everything else as it is by default. */
    public static AgentSettings of(String source, Defaults defaults) {
        return read(List.of("--source", source), defaults);
    }

    /** What stands where nothing is said, as far as it depends on the machine. */
    public record Defaults(String hostName, Path home) {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException that names every problem there is, one a line
     */
    public static AgentSettings read(List<String> arguments, Defaults defaults) {
        var problems = new ArrayList<String>();
        var given = options(arguments, problems);

        var source = text(given, "source", "", SOURCE, "wav:FILE, live[:MIXER] or synthetic[:SEED]", problems);
        boolean fast = given.remove("fast") != null;
        if (fast && source.startsWith("live")) {
            problems.add("--fast: a live source plays at its own speed");
        }
        var deviceId = text(
                given,
                "device-id",
                defaults.hostName().replaceAll("[^A-Za-z0-9._-]", "-"),
                DEVICE_ID,
                "up to 200 letters, digits, dots, dashes and underscores",
                problems);
        var kafka = text(given, "kafka", "127.0.0.1:9092", KAFKA, "HOST:PORT, several with commas", problems);
        var spool = value(
                given,
                "spool",
                Path::of,
                defaults.home().resolve(".ag06").resolve("spool").resolve(deviceId),
                "a folder",
                problems);
        long limit = number(given, "spool-limit-bytes", SpoolSettings.DEFAULT.limitBytes(), 1_000_000, problems);
        long interval = number(given, "transaction-interval-ms", 100, 1, problems);
        long patience = number(given, "stop-patience-ms", 5_000, 0, problems);
        given.keySet().forEach(name -> problems.add("--" + name + ": there is no such setting"));

        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new AgentSettings(
                source, fast, deviceId, kafka, spool, limit, Duration.ofMillis(interval), Duration.ofMillis(patience));
    }

    /** Whether the sound comes from a line, which can't be made to wait. */
    public boolean live() {
        return source.startsWith("live");
    }

    private static Map<String, String> options(List<String> arguments, List<String> problems) {
        var options = new LinkedHashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                problems.add(argument + ": expected a setting that begins with --");
                continue;
            }
            var name = argument.substring(2);
            String value = "";
            if (!name.equals("fast")) {
                if (i + 1 == arguments.size()) {
                    problems.add("--" + name + ": its value is missing");
                    continue;
                }
                value = arguments.get(++i);
            }
            if (options.put(name, value) != null) {
                problems.add("--" + name + ": given twice");
            }
        }
        return options;
    }

    private static String text(
            Map<String, String> given,
            String name,
            String otherwise,
            Pattern allowed,
            String words,
            List<String> problems) {
        var value = given.getOrDefault(name, otherwise);
        given.remove(name);
        if (value.isEmpty()) {
            problems.add("--" + name + ": missing; allowed is " + words);
        } else if (!allowed.matcher(value).matches()) {
            problems.add("--" + name + ": was " + value + "; allowed is " + words);
        }
        return value;
    }

    private static long number(
            Map<String, String> given, String name, long otherwise, long minimum, List<String> problems) {
        var words = "a whole number from " + minimum + " on";
        long number = value(given, name, Long::parseLong, otherwise, words, problems);
        if (number < minimum) {
            problems.add("--" + name + ": was " + number + "; allowed is " + words);
        }
        return number;
    }

    private static <T> T value(
            Map<String, String> given,
            String name,
            Function<String, T> parse,
            T otherwise,
            String words,
            List<String> problems) {
        var value = given.remove(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            problems.add("--" + name + ": was " + value + "; allowed is " + words);
            return otherwise;
        }
    }
}
