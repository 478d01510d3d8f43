package io.ag06.pipeline.source;

import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.JsonRecordException;
import io.ag06.schemas.JsonRecords;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads requests, as golden signals do, and readings of services as what they add to a service's load. */
final class LoadReader {
    private static final long MICROS_PER_MILLI = 1000;
    /** Columns of seconds go to the year 2106; what is forecast from a moment lies within days of it. */
    private static final long LAST_MILLIS =
            Instant.parse("2106-01-01T00:00:00Z").toEpochMilli();

    private final SignalReader<?> requests = SignalReader.of(Topics.SERVICE_REQUESTS);
    private final RecordCodec<ServiceMetrics> readings = RecordCodec.of(ServiceMetrics.class);
    private final JsonRecords<ServiceMetrics> readingsAsText = JsonRecords.of(ServiceMetrics.class);
    private final RecordRules readingRules = RecordRules.of(readings.schema());

    /** The part in a Kafka record. */
    LoadPart read(ConsumerRecord<byte[], byte[]> message, TimeRule timeRule) throws RefusedRecordException {
        if (!message.topic().equals(Topics.SERVICE_METRICS.name())) {
            return part(requests.read(message, timeRule).request());
        }
        ServiceMetrics reading;
        try {
            reading = readings.decode(message.value());
        } catch (DecodeException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
        Optional<String> broken = timeRule.violation(Micros.of(reading.getEventTime()), message.timestamp());
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        return part(reading);
    }

    /**
     * The part in a line of JSON; its time is believed where tables can tell it, since there is no append time to hold
     * it against.
     */
    LoadPart read(String topic, String line) throws RefusedRecordException {
        LoadPart part = partOf(topic, line);
        if (part.timeMillis() < 0 || part.timeMillis() > LAST_MILLIS) {
            throw new RefusedRecordException(
                    RefusedRecordException.Stage.RULES,
                    "event_time %s is not between %s and %s"
                            .formatted(
                                    Instant.ofEpochMilli(part.timeMillis()),
                                    Instant.EPOCH,
                                    Instant.ofEpochMilli(LAST_MILLIS)));
        }
        return part;
    }

    private LoadPart partOf(String topic, String line) throws RefusedRecordException {
        if (!topic.equals(Topics.SERVICE_METRICS.name())) {
            return part(
                    requests.read(line, new SignalReader.Position(topic, 0, 0)).request());
        }
        try {
            return part(readingsAsText.read(line));
        } catch (JsonRecordException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
    }

    private static LoadPart part(RequestEvent request) {
        return new LoadPart(request.service(), millis(request.eventTimeMicros()), MinuteLoad.REQUEST);
    }

    private LoadPart part(ServiceMetrics reading) throws RefusedRecordException {
        Optional<String> broken = readingRules.violation(reading);
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        long takenMicros = Micros.of(reading.getEventTime());
        return new LoadPart(
                reading.getService(),
                millis(takenMicros),
                MinuteLoad.ofReading(
                        takenMicros,
                        reading.getCpuUtilisation(),
                        reading.getMemoryUtilisation(),
                        reading.getInflightRequests(),
                        reading.getMaxInflightRequests(),
                        reading.getReplicas()));
    }

    private static long millis(long micros) {
        return Math.floorDiv(micros, MICROS_PER_MILLI);
    }
}
