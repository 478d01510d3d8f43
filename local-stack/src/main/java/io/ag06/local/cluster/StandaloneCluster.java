package io.ag06.local.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A JobManager and TaskManagers, each a JVM of its own that is started again at its old ports when it ends unasked. A
 * JobManager that was killed comes back without its jobs: whoever submitted them must do so again.
 */
public final class StandaloneCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final int NOT_THERE = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI rest;
    private final Path configuration;
    private final FlinkProcess jobManager;
    private final List<FlinkProcess> taskManagers;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST_ANSWER).build();

    private StandaloneCluster(URI rest, Path configuration, FlinkProcess jobManager, List<FlinkProcess> taskManagers) {
        this.rest = rest;
        this.configuration = configuration;
        this.jobManager = jobManager;
        this.taskManagers = taskManagers;
    }

    /**
     * Starts the cluster; returns when every TaskManager has joined.
     *
     * @throws ClusterException where a process ends instead, or takes too long
     */
    public static StandaloneCluster start(ClusterSettings settings) {
        List<RpcPort> ports = settings.rpcPorts().taskManagers();
        List<FlinkProcess> taskManagers = IntStream.range(0, ports.size())
                .mapToObj(i -> taskManager("taskmanager-" + (i + 1), settings, ports.get(i)))
                .toList();
        StandaloneCluster cluster = new StandaloneCluster(
                URI.create("http://127.0.0.1:" + settings.restPort()),
                ProcessFiles.of("jobmanager", settings).configuration(),
                jobManager(settings),
                taskManagers);
        try {
            cluster.processes().forEach(FlinkProcess::start);
            cluster.awaitTaskManagers();
            cluster.supervise(true);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The address of the REST interface and web page. */
    public URI rest() {
        return rest;
    }

    /** The folder that Flink's own command finds this cluster by, as {@code FLINK_CONF_DIR}. */
    public Path configuration() {
        return configuration;
    }

    public FlinkProcess jobManager() {
        return jobManager;
    }

    public List<FlinkProcess> taskManagers() {
        return taskManagers;
    }

    /** Whether processes that end unasked are started again; they are unless this says otherwise. */
    public void supervise(boolean on) {
        processes().forEach(process -> process.supervise(on));
    }

    /**
     * Returns when the JobManager answers and knows as many TaskManagers as there are. It knows one that was killed for
     * some seconds more, until its heartbeats are missed.
     *
     * @throws ClusterException where a process has ended and is not started again, or it takes too long
     */
    public void awaitTaskManagers() {
        RetryPolicy<Integer> untilAllJoined = RetryPolicy.<Integer>builder()
                .handleIf((joined, failure) -> failure == null && joined < taskManagers.size())
                .withDelay(LOOK_EVERY)
                .withMaxDuration(LONGEST_START)
                .withMaxRetries(-1)
                .build();
        int joined = Failsafe.with(untilAllJoined).get(this::joined);
        if (joined < taskManagers.size()) {
            throw new ClusterException("Flink at %s has %d of %d TaskManagers after %d s; see %s"
                    .formatted(
                            rest,
                            Math.max(joined, 0),
                            taskManagers.size(),
                            LONGEST_START.toSeconds(),
                            jobManager.log()));
        }
    }

    private void refuseLost() {
        processes().filter(FlinkProcess::isLost).findFirst().ifPresent(process -> {
            throw new ClusterException(
                    "Flink's %s has ended; its last words are in %s".formatted(process.name(), process.log()));
        });
    }

    /** TaskManagers that the JobManager knows, or {@link #NOT_THERE} while it does not answer. */
    private int joined() {
        refuseLost();
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(rest.resolve("/overview"))
                            .timeout(LONGEST_ANSWER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? JSON.readTree(answer.body()).path("taskmanagers").asInt()
                    : NOT_THERE;
        } catch (IOException e) {
            return NOT_THERE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted while waiting for Flink", e);
        }
    }

    @Override
    public void close() {
        processes().forEach(FlinkProcess::stop);
        processes().forEach(FlinkProcess::awaitStop);
    }

    private Stream<FlinkProcess> processes() {
        return Stream.concat(Stream.of(jobManager), taskManagers.stream());
    }

    /** It has no long loops: the time that the better compiler takes is the tasks'. */
    private static FlinkProcess jobManager(ClusterSettings settings) {
        ProcessFiles files = ProcessFiles.of("jobmanager", settings);
        return process(
                "jobmanager",
                settings,
                files,
                ProcessOptions.jobManager(settings, files),
                StandaloneSessionClusterEntrypoint.class,
                List.of("-Xmx" + ProcessOptions.JOB_MANAGER_HEAP.getMebiBytes() + "m", "-XX:TieredStopAtLevel=1"));
    }

    private static FlinkProcess taskManager(String name, ClusterSettings settings, RpcPort port) {
        ProcessFiles files = ProcessFiles.of(name, settings);
        return process(
                name,
                settings,
                files,
                ProcessOptions.taskManager(settings, files, name, port),
                TaskManagerRunner.class,
                List.of(
                        "-Xmx" + ProcessOptions.taskManagerHeap().getMebiBytes() + "m",
                        "-XX:MaxDirectMemorySize="
                                + ProcessOptions.taskManagerDirectMemory().getMebiBytes() + "m"));
    }

    private static FlinkProcess process(
            String name,
            ClusterSettings settings,
            ProcessFiles files,
            Configuration options,
            Class<?> main,
            List<String> memory) {
        files.write(options);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        command.add("-XX:MaxMetaspaceSize=" + ProcessOptions.METASPACE.getMebiBytes() + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:ErrorFile=" + settings.logs().resolve("flink-" + name + "-crash-%p.log"));
        command.add("-Djava.io.tmpdir=" + files.temporary());
        command.add("-Dlog.file=" + files.log());
        command.add("-Dlog4j2.configurationFile=" + files.logging().toUri());
        command.add("-cp");
        command.add(settings.classPath().jars());
        command.add(main.getName());
        command.addAll(List.of("--configDir", files.configuration().toString()));
        return new FlinkProcess(name, command, files);
    }
}
