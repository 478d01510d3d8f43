package io.ag06.agent.publish;

import io.ag06.agent.capture.CaptureStatus;
import io.ag06.agent.device.MachineReading;
import io.ag06.agent.spool.SpoolLevel;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.DeviceMetrics;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.Topics;

/** The machine's, the capture's and the spool's readings as DeviceMetrics records. Used by one thread. */
public final class DeviceMetricsRecords {
    private final RecordCodec<DeviceMetrics> codec = RecordCodec.of(DeviceMetrics.class);
    private final String deviceId;

    /** The readings of one device. */
    public DeviceMetricsRecords(String deviceId) {
        this.deviceId = deviceId;
    }

    /** One record of readings that were taken together. */
    public SpooledRecord record(MachineReading machine, CaptureStatus capture, SpoolLevel spool) {
        var metrics = DeviceMetrics.newBuilder()
                .setDeviceId(deviceId)
                .setEventTime(machine.time())
                .setSampleRateHz(capture.sampleRateHz())
                .setBufferFrames(capture.bufferFrames())
                .setBufferFill(capture.bufferFill())
                .setXrunsTotal(capture.xrunsTotal())
                .setClockDriftPpm(AudioFrames.orNull(capture.clockDriftPpm()))
                .setCpuUtilisation(machine.cpuUtilisation())
                .setMemoryUsedBytes(machine.memoryUsedBytes())
                .setMemoryTotalBytes(machine.memoryTotalBytes())
                .setDiskUsedBytes(machine.diskUsedBytes())
                .setDiskTotalBytes(machine.diskTotalBytes())
                .setNetworkRxBytes(machine.networkRxBytes())
                .setNetworkTxBytes(machine.networkTxBytes())
                .setAgentHeapUsedBytes(machine.agentHeapUsedBytes())
                .setSpoolRecords(spool.records())
                .setSpoolBytes(spool.bytes())
                .setSpoolLimitBytes(spool.limitBytes())
                .build();
        return new SpooledRecord(Topics.DEVICE_METRICS.name(), deviceId, codec.encode(metrics));
    }
}
