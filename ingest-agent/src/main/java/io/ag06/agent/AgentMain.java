package io.ag06.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs an agent until its sound ends or it is told to stop (Ctrl-C, SIGTERM). */
public final class AgentMain {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private AgentMain() {}

    /** Exits with 0 when done, 1 when failed, 2 when called wrongly; each failure is told on stderr. */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        AgentSettings settings;
        try {
            settings = AgentSettings.read(args, machine());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: " + AgentSettings.USAGE);
            return USAGE;
        }
        var ended = new CountDownLatch(1);
        try (var agent = Agent.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(agent, ended), "stop"));
            agent.await();
            return DONE;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            ended.countDown();
        }
    }

    /** The JVM goes when its hooks have returned: this one returns when everything is closed. */
    private static void stopAndWait(Agent agent, CountDownLatch ended) {
        try {
            agent.stop();
            ended.await();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the settings take from this machine: its name and a folder of the user's. */
    public static AgentSettings.Machine machine() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine whose name does not resolve still has one.
            host = "localhost";
        }
        return new AgentSettings.Machine(host, Path.of(System.getProperty("user.home"), ".ag06", "spool"));
    }
}
