package io.ag06.analytics.goldensignals;

/**
 * What golden signals need of one frame (100 ms) of sound.
 *
 * @param eventTimeMicros when its first sample was captured, microseconds since the epoch
 * @param deviceId the device
 * @param streamId the stream
 * @param sequence its number within the stream, from 0
 * @param xruns gaps in the sound since the frame before
 * @param clippedSamples samples at full scale, over all channels
 * @param captureLatencyUs its latency, microseconds, 0 or more
 */
public record FrameEvent(
        long eventTimeMicros,
        String deviceId,
        String streamId,
        long sequence,
        int xruns,
        long clippedSamples,
        long captureLatencyUs) {
    /** Whether it counts as an error: sound is missing before it, or it is clipped. Silence is not an error. */
    public boolean failed() {
        return xruns > 0 || clippedSamples > 0;
    }

    /** The entity and bucket that it counts for. */
    public SignalsKey key() {
        return new SignalsKey(SignalsKey.DEVICE, deviceId, streamId, "", Bucket.startOf(eventTimeMicros));
    }
}
