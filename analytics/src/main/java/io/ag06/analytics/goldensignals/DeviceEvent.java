package io.ag06.analytics.goldensignals;

/**
 * What golden signals need of one reading of a device's health.
 *
 * @param eventTimeMicros when it was taken, microseconds since the epoch
 * @param deviceId the device
 * @param cpuUtilisation share of all processor time in use, 0..1
 * @param memoryUsedBytes memory in use
 * @param memoryTotalBytes physical memory
 * @param diskUsedBytes used space of the spool's file system
 * @param diskTotalBytes size of that file system
 * @param bufferFill largest fill of the capture buffer, 0..1
 * @param spoolBytes size of what waits for Kafka
 * @param spoolLimitBytes size at which the spool is full
 */
public record DeviceEvent(
        long eventTimeMicros,
        String deviceId,
        double cpuUtilisation,
        long memoryUsedBytes,
        long memoryTotalBytes,
        long diskUsedBytes,
        long diskTotalBytes,
        double bufferFill,
        long spoolBytes,
        long spoolLimitBytes) {
    /** How full the device's resources are. */
    public Saturation saturation() {
        return Saturation.NONE
                .with(Saturation.CPU, cpuUtilisation)
                .with(Saturation.MEMORY, memoryUsedBytes, memoryTotalBytes)
                .with(Saturation.DISK, diskUsedBytes, diskTotalBytes)
                .with(Saturation.BUFFER, bufferFill)
                .with(Saturation.SPOOL, spoolBytes, spoolLimitBytes);
    }

    /** The entity and bucket that it counts for: the device as a whole, in no stream. */
    public SignalsKey key() {
        return new SignalsKey(SignalsKey.DEVICE, deviceId, "", "", Bucket.startOf(eventTimeMicros));
    }
}
