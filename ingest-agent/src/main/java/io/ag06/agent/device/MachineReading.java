package io.ag06.agent.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One reading of the machine's health.
 *
 * @param time when the readings were taken
 * @param cpuUtilisation share of all processor time in use since the previous reading, 0..1
 * @param memoryUsedBytes memory in use: total less available
 * @param memoryTotalBytes physical memory
 * @param diskUsedBytes used space of the file system that holds the agent's spool
 * @param diskTotalBytes size of that file system
 * @param networkRxBytes bytes received on all interfaces but loopback since the machine started
 * @param networkTxBytes bytes sent, likewise
 * @param agentHeapUsedBytes Java heap in use by the agent
 */
public record MachineReading(
        Instant time,
        double cpuUtilisation,
        long memoryUsedBytes,
        long memoryTotalBytes,
        long diskUsedBytes,
        long diskTotalBytes,
        long networkRxBytes,
        long networkTxBytes,
        long agentHeapUsedBytes) {
    public MachineReading {
        requireNonNull(time, "time");
    }
}
