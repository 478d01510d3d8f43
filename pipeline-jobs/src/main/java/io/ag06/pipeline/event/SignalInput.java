package io.ag06.pipeline.event;

import io.ag06.analytics.goldensignals.DeviceEvent;
import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.LoadEvent;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.SignalsKey;

/**
 * One event that golden signals are computed from. Exactly one of the four is there: Flink serialises a record with
 * absent parts by itself, which it does not do for an interface.
 *
 * @param topic where it came from
 * @param partition the topic's partition
 * @param offset its offset in that
 * @param key the entity and bucket that it counts for
 * @param entityNumber where the source numbers the entities that come again and again, from 0, the entity's number;
 *     else {@link #NOT_NUMBERED}. It says where to look first and nothing more
 * @param request a request that a service answered, or null (so the next three)
 * @param load a reading of a service's load
 * @param frame a frame of sound
 * @param device a reading of a device's health
 */
public record SignalInput(
        String topic,
        int partition,
        long offset,
        SignalsKey key,
        int entityNumber,
        RequestEvent request,
        LoadEvent load,
        FrameEvent frame,
        DeviceEvent device) {
    /** Of an entity without a number. */
    public static final int NOT_NUMBERED = -1;

    public static SignalInput of(String topic, int partition, long offset, RequestEvent request) {
        return of(topic, partition, offset, request.key(), NOT_NUMBERED, request);
    }

    /** The same for a request whose key is at hand. */
    public static SignalInput of(
            String topic, int partition, long offset, SignalsKey key, int entityNumber, RequestEvent request) {
        return new SignalInput(topic, partition, offset, key, entityNumber, request, null, null, null);
    }

    public static SignalInput of(String topic, int partition, long offset, LoadEvent load) {
        return new SignalInput(topic, partition, offset, load.key(), NOT_NUMBERED, null, load, null, null);
    }

    public static SignalInput of(String topic, int partition, long offset, FrameEvent frame) {
        return new SignalInput(topic, partition, offset, frame.key(), NOT_NUMBERED, null, null, frame, null);
    }

    public static SignalInput of(String topic, int partition, long offset, DeviceEvent device) {
        return new SignalInput(topic, partition, offset, device.key(), NOT_NUMBERED, null, null, null, device);
    }
}
