package io.ag06.local.chaos;

import java.nio.file.Path;
import java.time.Duration;

/** Is told how a run of the fault suite goes on. */
public interface ChaosProgress {
    /** A part of the pipeline is started. */
    void starting(String part);

    /**
     * A fault happens.
     *
     * @param cycle from 1
     * @param fault its kind, and what exactly
     */
    void striking(int cycle, int cycles, String fault);

    /** A fault can't be had on this system. */
    void notRun(int cycle, int cycles, String kind);

    /** Everything that was in Kafka when the last fault ended can be read. */
    void recovered(Duration after, long events);

    /**
     * A run that was killed had left a small disk.
     *
     * @param takenAway whether it is gone now; else it is for a person to 'umount'
     */
    void leftDisk(Path directory, boolean takenAway);

    /** The run's data and logs are not deleted. */
    void kept(Path data);

    /** Faults are over; what is done now, in a few words. */
    void judging(String step);
}
