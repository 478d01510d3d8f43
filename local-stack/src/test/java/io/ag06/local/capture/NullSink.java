package io.ag06.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PulseAudio server of its own with one sink that nobody hears, 48 kHz, 24 bits, stereo: what is played into it is
 * what the line {@code default} captures, for processes that run in its {@link #environment}. Home, sockets and ALSA
 * configuration lie in a folder of the test, so that the user's own sound is never touched.
 */
final class NullSink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Path socket;
    private final Process server;

    private NullSink(Path folder, Path socket, Process server) {
        this.folder = folder;
        this.socket = socket;
        this.server = server;
    }

    /** What has to be installed and is not: Debian's package names. */
    static List<String> missing() {
        return Stream.of(
                        isMissing("pulseaudio") ? "pulseaudio" : "",
                        isMissing("paplay") ? "pulseaudio-utils" : "",
                        Files.exists(Path.of("/usr/share/alsa/alsa.conf")) ? "" : "libasound2-data",
                        hasPulsePlugin() ? "" : "libasound2-plugins")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean isMissing(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean hasPulsePlugin() {
        return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
                .anyMatch(folder -> Files.exists(Path.of(folder, "alsa-lib", "libasound_module_pcm_pulse.so")));
    }

    /** Starts the server and waits until it answers. */
    static NullSink start(Path folder) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.resolve("run"), ownerOnly);
        Path socket = folder.resolve("run/native");
        Files.writeString(folder.resolve("asound.conf"), """
                </usr/share/alsa/alsa.conf>
                pcm.!default { type pulse }
                ctl.!default { type pulse }
                """);
        Process server = process(
                        folder,
                        socket,
                        "pulseaudio",
                        "-n",
                        "--daemonize=no",
                        "--use-pid-file=no",
                        "--disable-shm=yes",
                        "--exit-idle-time=-1",
                        "-L",
                        "module-null-sink sink_name=ag06 rate=48000 format=s24le channels=2",
                        "-L",
                        "module-native-protocol-unix auth-anonymous=1 socket=" + socket)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pulseaudio.log").toFile())
                .start();
        var sink = new NullSink(folder, socket, server);
        await("PulseAudio's answer, see " + folder.resolve("pulseaudio.log"))
                .atMost(PATIENCE)
                .until(() -> sink.process("pactl", "info").start().waitFor() == 0);
        return sink;
    }

    /** What a process needs in its environment to capture from the sink. */
    Map<String, String> environment() {
        return environment(folder, socket);
    }

    private static Map<String, String> environment(Path folder, Path socket) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("PULSE_SERVER", "unix:" + socket);
        environment.put("PULSE_RUNTIME_PATH", folder.resolve("run").toString());
        environment.put("PULSE_STATE_PATH", folder.resolve("state").toString());
        environment.put("ALSA_CONFIG_PATH", folder.resolve("asound.conf").toString());
        return environment;
    }

    /** A process that has this sink's line, not yet started. */
    ProcessBuilder process(String... command) {
        return process(folder, socket, command);
    }

    private static ProcessBuilder process(Path folder, Path socket, String... command) {
        var process = new ProcessBuilder(command);
        process.environment().putAll(environment(folder, socket));
        return process;
    }

    /** Plays a file to its end. */
    void play(Path file) throws IOException, InterruptedException {
        Process player = process("paplay", "--device=ag06", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("paplay.log").toFile())
                .start();
        assertThat(player.waitFor(60, TimeUnit.SECONDS))
                .as("the file was played to its end")
                .isTrue();
        assertThat(player.exitValue())
                .as(Files.readString(folder.resolve("paplay.log")))
                .isZero();
    }

    @Override
    public void close() {
        server.destroy();
        await("PulseAudio's end").atMost(PATIENCE).until(() -> !server.isAlive());
    }
}
