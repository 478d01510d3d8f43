package io.ag06.local.health;

/**
 * What waits in the spool of one agent, as it said last.
 *
 * @param deviceId the agent's device
 * @param records records
 * @param bytes their size on disk
 * @param limitBytes size at which the spool is full
 */
public record DeviceSpool(String deviceId, long records, long bytes, long limitBytes) {
    /** How full it is, 0..1. */
    public double fill() {
        return (double) bytes / limitBytes;
    }
}
