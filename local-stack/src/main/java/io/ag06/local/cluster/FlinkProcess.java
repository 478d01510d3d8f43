package io.ag06.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JVM of a cluster, which may be killed and started again. It ends when this process does, however that ends.
 *
 * <p>That is the work of a shell: before it becomes the JVM, it leaves a child behind that waits for the end of the
 * standard input, which this process holds open, and then kills the JVM. So there is no class of ours inside the JVM,
 * and the process that Java knows is the JVM itself.
 */
public final class FlinkProcess {
    private static final Logger LOG = LoggerFactory.getLogger(FlinkProcess.class);

    /** An interrupt from the terminal is for the stack, which stops its parts in order; a JVM keeps what is ignored. */
    private static final String WITH_OUR_LIFE =
            "trap '' INT HUP; exec 3<&0; (read _ <&3; kill -9 $$) 2>/dev/null & exec \"$@\" 3<&- </dev/null";

    private static final Executor LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final String name;
    private final List<String> command;
    private final ProcessFiles files;

    private Process process;
    private boolean wanted;
    private boolean supervised;

    FlinkProcess(String name, List<String> command, ProcessFiles files) {
        this.name = name;
        this.command = List.copyOf(command);
        this.files = files;
    }

    /** Its name in this cluster, {@code jobmanager} or {@code taskmanager-N}. */
    public String name() {
        return name;
    }

    /** What it logs. */
    public Path log() {
        return files.log();
    }

    /** Starts it, at the ports it had; does nothing where it runs. Returns at once. */
    public synchronized void start() {
        wanted = true;
        if (isRunning()) {
            return;
        }
        try {
            files.clear();
            List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", WITH_OUR_LIFE, "sh"));
            shell.addAll(command);
            Process started = new ProcessBuilder(shell)
                    .directory(files.temporary().toFile()) // Flink looks for plugins where it stands.
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(files.output().toFile()))
                    .start();
            process = started;
            CompletableFuture<Void> unused = started.onExit().thenAccept(FlinkProcess::letGo);
            unused = started.onExit().thenAcceptAsync(this::startAgain, LATER);
        } catch (IOException e) {
            throw new ClusterException("Flink's %s can't be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Whether the process is alive. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Whether it has ended and nobody starts it again. */
    synchronized boolean isLost() {
        return !supervised && !isRunning();
    }

    /** The process as it was started last. */
    public synchronized ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it as {@code kill -9} does, and waits for its end. It is started again where it is supervised. */
    public void kill() {
        Process killed;
        synchronized (this) {
            killed = process;
        }
        killed.destroyForcibly();
        await(killed);
    }

    /** Whether it is started again when it ends unasked, from now on. */
    synchronized void supervise(boolean on) {
        supervised = on;
        if (on && wanted) {
            start();
        }
    }

    /** Asks it to stop; {@link #awaitStop} waits for it. */
    synchronized void stop() {
        wanted = false;
        if (process != null) {
            process.destroy();
        }
    }

    /** Returns when it has stopped; one that takes too long is killed. */
    void awaitStop() {
        Process stopped;
        synchronized (this) {
            stopped = process;
        }
        if (stopped != null && !await(stopped)) {
            LOG.warn("Flink's {} did not stop within {} s and was killed", name, LONGEST_STOP.toSeconds());
            stopped.destroyForcibly();
            await(stopped);
        }
    }

    private synchronized void startAgain(Process ended) {
        if (!wanted || !supervised || ended != process) {
            return;
        }
        LOG.error("Flink's {} ended unasked (status {}); starting it again", name, ended.exitValue());
        try {
            start();
        } catch (RuntimeException e) { // Whatever it is, nobody else would hear of it, or try again.
            LOG.error("{}; trying again", e.getMessage());
            LATER.execute(() -> startAgain(ended));
        }
    }

    /** The child that watches over us must not kill whoever gets the number of this process next. */
    private static void letGo(Process ended) {
        try {
            ended.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The pipe to process {} is closed already", ended.pid(), e);
        }
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
