package io.ag06.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was submitted once; kept beside the checkpoints of its run.
 *
 * @param job the job's name
 * @param flink REST address of the cluster that took it
 * @param jobId under which that cluster knows it
 * @param from the checkpoint or savepoint it started from; null for none
 * @param settings of the job, each {@code key=value}
 * @param parallelism its parallel tasks
 * @param savepoints folder in which it was told to leave a savepoint when it stops; null while it was told nothing
 * @param stopped whether it stopped when it was told to
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Submission(
        String job,
        String flink,
        String jobId,
        Path from,
        List<String> settings,
        int parallelism,
        Path savepoints,
        boolean stopped) {
    static Submission of(
            String job, String flink, String jobId, Optional<Path> from, List<String> settings, int parallelism) {
        return new Submission(job, flink, jobId, from.orElse(null), List.copyOf(settings), parallelism, null, false);
    }

    Submission stoppingWith(Path folder) {
        return new Submission(job, flink, jobId, from, settings, parallelism, folder, false);
    }

    Submission havingStopped() {
        return new Submission(job, flink, jobId, from, settings, parallelism, savepoints, true);
    }
}
