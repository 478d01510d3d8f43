package io.ag06.agent;

import static java.util.Objects.requireNonNull;

import io.ag06.agent.capture.CaptureSettings;
import io.ag06.agent.capture.CaptureSettings.Pace;
import io.ag06.agent.capture.CaptureSource;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.agent.spool.SpooledRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one agent does; read once, before anything is opened.
 *
 * @param source the sound
 * @param capture how fast it plays, how long, and what counts as silence
 * @param deviceId the name of this device: up to 200 letters, digits, dots, dashes and underscores
 * @param kafka HOST:PORT of Kafka, several with commas
 * @param spool the folder of what could not be published yet
 * @param spoolLimitBytes size at which the spool is full
 * @param transactionInterval how long a transaction collects records: what a record waits at most before it is seen
 * @param stopPatience for how long a stopping agent publishes what it still has
 */
public record AgentSettings(
        CaptureSource source,
        CaptureSettings capture,
        String deviceId,
        String kafka,
        Path spool,
        long spoolLimitBytes,
        Duration transactionInterval,
        Duration stopPatience) {

    /** What {@link #read} takes. */
    public static final String USAGE = "--source " + CaptureSource.SYNTAX
            + " [--fast] [--seconds N] [--device-id ID] [--kafka HOST:PORT] [--spool DIR] [--spool-limit-bytes N]"
            + " [--transaction-interval-ms N] [--stop-patience-ms N]";

    private static final int FRAMES_PER_SECOND = 10;

    public AgentSettings {
        requireNonNull(source, "source");
        requireNonNull(capture, "capture");
        requireNonNull(deviceId, "deviceId");
        requireNonNull(kafka, "kafka");
        requireNonNull(spool, "spool");
        requireNonNull(transactionInterval, "transactionInterval");
        requireNonNull(stopPatience, "stopPatience");
    }

    /**
     * What stands where nothing is said, as far as it depends on the machine.
     *
     * @param hostName the device's name
     * @param spools the folder in which each device has its spool
     */
    public record Machine(String hostName, Path spools) {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException that names every problem there is, one a line
     */
    public static AgentSettings read(List<String> commandLine, Machine machine) {
        var arguments = new Arguments(commandLine);
        boolean fast = arguments.flag("fast");
        var source = arguments.value("source", CaptureSource::parse, null);
        long seconds = arguments.number("seconds", 0, 1);
        var deviceId = arguments.text(
                "device-id",
                machine.hostName().replaceAll("[^A-Za-z0-9._-]", "-"),
                "[A-Za-z0-9._-]{1,200}",
                "up to 200 letters, digits, dots, dashes and underscores");
        var kafka = arguments.text(
                "kafka",
                "127.0.0.1:9092",
                "[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*",
                "HOST:PORT, several with commas");
        var spool = arguments.value("spool", Path::of, machine.spools().resolve(deviceId));
        long limit = arguments.number("spool-limit-bytes", SpoolSettings.DEFAULT.limitBytes(), SpooledRecord.MAX_BYTES);
        long interval = arguments.number("transaction-interval-ms", 100, 1);
        long patience = arguments.number("stop-patience-ms", 5_000, 0);
        if (fast && source instanceof CaptureSource.Live) {
            arguments.problem("--fast: a live line plays at its own speed");
        }
        if (fast && seconds == 0 && source instanceof CaptureSource.Synthetic) {
            arguments.problem("--fast: the synthetic programme has no end; say how long it is to be with --seconds");
        }
        if (interval > 10_000) {
            arguments.problem("--transaction-interval-ms: was " + interval + ", allowed is up to 10000");
        }
        arguments.refuseTheRest();

        var capture = fast ? CaptureSettings.fast() : CaptureSettings.realTime();
        return new AgentSettings(
                source,
                seconds == 0 ? capture : capture.withFrames(seconds * FRAMES_PER_SECOND),
                deviceId,
                kafka,
                spool,
                limit,
                Duration.ofMillis(interval),
                Duration.ofMillis(patience));
    }

    /** Whether the sound comes from a line, which can't be made to wait. */
    public boolean live() {
        return source instanceof CaptureSource.Live;
    }

    /** Whether the sound plays as fast as it is taken. */
    public boolean fast() {
        return capture.pace() == Pace.FAST;
    }
}
