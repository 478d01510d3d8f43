package io.ag06.local.health;

import static java.util.Objects.requireNonNull;

import io.ag06.pipeline.job.Job;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is watched, and how.
 *
 * @param name under which the minutes are published; of two monitors of one name the second takes over
 * @param flink REST address of the cluster
 * @param kafka {@code host:port[,host:port]}
 * @param sql asks ClickHouse
 * @param jobs those that should run
 * @param spool folder of minutes that could not be published yet
 * @param readEvery how long from one reading to the next
 * @param minute how long a minute is; shorter ones are for tests
 * @param door where people and programs ask
 */
public record MonitorSettings(
        String name,
        URI flink,
        String kafka,
        Sql sql,
        List<Job> jobs,
        Path spool,
        Duration readEvery,
        Duration minute,
        Door door) {
    private static final String NAME = "ag06-monitor";
    private static final Duration READ_EVERY = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public MonitorSettings {
        requireNonNull(name, "name");
        requireNonNull(flink, "flink");
        requireNonNull(kafka, "kafka");
        requireNonNull(sql, "sql");
        jobs = List.copyOf(jobs);
        requireNonNull(spool, "spool");
        requireNonNull(door, "door");
        if (readEvery.isNegative() || readEvery.isZero()) {
            throw new IllegalArgumentException("readEvery must be positive, was " + readEvery);
        }
        if (minute.compareTo(readEvery) <= 0) {
            throw new IllegalArgumentException("a minute must be longer than readEvery, was " + minute);
        }
    }

    /** A reading each five seconds, a record each minute. */
    public static MonitorSettings eachMinute(URI flink, String kafka, Sql sql, List<Job> jobs, Path spool, Door door) {
        return new MonitorSettings(NAME, flink, kafka, sql, jobs, spool, READ_EVERY, MINUTE, door);
    }
}
