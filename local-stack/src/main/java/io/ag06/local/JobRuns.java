package io.ag06.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The runs of one job, in a folder that every machine of its cluster reaches: where the job goes on.
 *
 * <p>Each submission begins a run with the next number, and the job's checkpoints lie in the run's folder. So the
 * newest checkpoint is the last one of the last run, whatever clocks and copies have done to the files' times; and a
 * run that was told to start from an older one supersedes all that came before it.
 */
final class JobRuns {
    private static final String RUN = "run-";
    private static final int KEPT = 5;

    /** File locks keep processes apart, not threads. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path directory;

    JobRuns(Path directory) {
        this.directory = directory;
    }

    /** Does what must not happen twice at the same time: look whether the job runs, and submit it where it does not. */
    <T> T alone(Supplier<T> work) {
        IN_THIS_PROCESS.lock();
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    directory.resolve("submit.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock lock = channel.lock();
                try {
                    return work.get();
                } finally {
                    lock.release();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The job's folder can't be locked: " + directory, e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** The newest run of which is known what was submitted. */
    Optional<JobRun> last() {
        return all().stream().filter(run -> run.submission().isPresent()).findFirst();
    }

    /** The last run's newest checkpoint; where it has completed none, what it started from itself. */
    Optional<Path> newestCheckpoint() {
        for (JobRun run : all()) {
            Optional<Path> own = run.newestCheckpoint();
            if (own.isPresent() || run.submission().isPresent()) {
                return own.or(() -> run.submission().map(Submission::from));
            }
        }
        return beforeRunsHadNumbers();
    }

    /** Begins a run: a folder with the next number. */
    JobRun begin() {
        int number = numberOfLast() + 1;
        Path folder = directory.resolve("%s%06d".formatted(RUN, number));
        try {
            return new JobRun(Files.createDirectories(folder), number);
        } catch (IOException e) {
            throw new UncheckedIOException("The run's folder can't be created: " + folder, e);
        }
    }

    /** The number of the newest run, 0 for none. */
    int numberOfLast() {
        return all().stream().findFirst().map(JobRun::number).orElse(0);
    }

    /** Deletes runs of long ago, except what a later one started from and has not left behind yet. */
    void prune() {
        List<JobRun> runs = all();
        List<JobRun> kept = runs.subList(0, Math.min(KEPT, runs.size()));
        Set<Path> needed = new HashSet<>();
        kept.forEach(run -> run.submission().map(Submission::from).ifPresent(needed::add));
        runs.stream()
                .skip(kept.size())
                .filter(run -> needed.stream().noneMatch(from -> from.startsWith(run.directory())))
                .forEach(JobRun::delete);
    }

    /** The newest first. */
    private List<JobRun> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> folder.getFileName().toString().matches(RUN + "\\d+"))
                    .map(folder -> new JobRun(folder, numberOf(folder)))
                    .sorted(Comparator.comparing(JobRun::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Checkpoints can't be read in " + directory, e);
        }
    }

    private static int numberOf(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(RUN.length()));
    }

    /** Once the runs lay in the job's folder itself; their checkpoints' numbers grow from one run to the next. */
    private Optional<Path> beforeRunsHadNumbers() {
        return Checkpoint.allIn(directory).stream()
                .max(Comparator.comparing(Checkpoint::number))
                .map(Checkpoint::path);
    }
}
