package io.ag06.local;

import java.nio.file.Path;
import java.util.Optional;

/** Where a job starts. */
public sealed interface Start {
    /** Where its last run has come to; a job that never ran starts from the beginning. */
    record WhereItWas() implements Start {}

    /**
     * From a checkpoint or savepoint of one's own choice, however old. Whatever was completed after it no longer
     * counts: the run that starts here is where the job goes on from then on.
     *
     * @param path its folder
     */
    record At(Path path) implements Start {}

    /** From the oldest records that Kafka has. Earlier runs no longer count. */
    record Beginning() implements Start {}

    /** The checkpoint or savepoint that this means for a job with these runs, if it means one. */
    default Optional<Path> after(JobRuns runs) {
        if (this instanceof At at) {
            return Optional.of(Checkpoint.complete(at.path()));
        }
        return this instanceof Beginning ? Optional.empty() : runs.newestCheckpoint();
    }
}
