package io.ag06.pipeline.source;

import io.ag06.analytics.goldensignals.DeviceEvent;
import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.LoadEvent;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.ChannelLevels;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.DeviceMetrics;
import io.ag06.schemas.JsonRecordException;
import io.ag06.schemas.JsonRecords;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One topic's records as the slim events that golden signals need of them. */
final class SignalReader<R extends SpecificRecord> {
    private final RecordCodec<R> codec;
    private final JsonRecords<R> text;
    private final RecordRules rules;
    private final Function<R, Instant> eventTime;
    private final Slim<R> slim;
    /** Reads what there is most of without the codec; null for other records. */
    private final RequestScan requests;

    private SignalReader(Class<R> type, Function<R, Instant> eventTime, Slim<R> slim) {
        this.codec = RecordCodec.of(type);
        this.text = JsonRecords.of(type);
        this.rules = RecordRules.of(codec.schema());
        this.eventTime = eventTime;
        this.slim = slim;
        this.requests = type == ServiceRequest.class ? new RequestScan(rules) : null;
    }

    static SignalReader<?> of(Topic topic) {
        if (topic.equals(Topics.SERVICE_REQUESTS)) {
            return new SignalReader<>(
                    ServiceRequest.class,
                    ServiceRequest::getEventTime,
                    (at, request) -> SignalInput.of(at.topic(), at.partition(), at.offset(), slim(request)));
        }
        if (topic.equals(Topics.SERVICE_METRICS)) {
            return new SignalReader<>(
                    ServiceMetrics.class,
                    ServiceMetrics::getEventTime,
                    (at, load) -> SignalInput.of(at.topic(), at.partition(), at.offset(), slim(load)));
        }
        if (topic.equals(Topics.AUDIO_FRAMES)) {
            return new SignalReader<>(
                    AudioFrame.class,
                    AudioFrame::getEventTime,
                    (at, frame) -> SignalInput.of(at.topic(), at.partition(), at.offset(), slim(frame)));
        }
        if (topic.equals(Topics.DEVICE_METRICS)) {
            return new SignalReader<>(
                    DeviceMetrics.class,
                    DeviceMetrics::getEventTime,
                    (at, device) -> SignalInput.of(at.topic(), at.partition(), at.offset(), slim(device)));
        }
        throw new IllegalArgumentException("The topic " + topic + " has no golden signals");
    }

    /** The event in a Kafka record. */
    SignalInput read(ConsumerRecord<byte[], byte[]> message, TimeRule timeRule) throws RefusedRecordException {
        SignalInput request = requests == null ? null : requests.read(message, timeRule);
        return request == null ? decoded(message, timeRule) : request;
    }

    /** The event by way of the record: the judge of whatever is not plain, and the reference for what is. */
    SignalInput decoded(ConsumerRecord<byte[], byte[]> message, TimeRule timeRule) throws RefusedRecordException {
        R record;
        try {
            record = codec.decode(message.value());
        } catch (DecodeException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
        Optional<String> broken = timeRule.violation(Micros.of(eventTime.apply(record)), message.timestamp());
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        return of(record, new Position(message.topic(), message.partition(), message.offset()));
    }

    /** The event in a line of JSON; its time is believed, since there is no append time to hold it against. */
    SignalInput read(String line, Position position) throws RefusedRecordException {
        R record;
        try {
            record = text.read(line);
        } catch (JsonRecordException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
        return of(record, position);
    }

    private SignalInput of(R record, Position position) throws RefusedRecordException {
        Optional<String> broken = rules.violation(record);
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        return slim.of(position, record);
    }

    private static RequestEvent slim(ServiceRequest request) {
        return new RequestEvent(
                Micros.of(request.getEventTime()),
                request.getService(),
                request.getOperation(),
                request.getRegion(),
                request.getStatusCode(),
                request.getError(),
                request.getDurationUs(),
                request.getRequestBytes(),
                request.getResponseBytes());
    }

    private static LoadEvent slim(ServiceMetrics metrics) {
        return new LoadEvent(
                Micros.of(metrics.getEventTime()),
                metrics.getService(),
                metrics.getCpuUtilisation(),
                metrics.getMemoryUtilisation(),
                metrics.getInflightRequests(),
                metrics.getMaxInflightRequests());
    }

    private static FrameEvent slim(AudioFrame frame) {
        return new FrameEvent(
                Micros.of(frame.getEventTime()),
                frame.getDeviceId(),
                frame.getStreamId(),
                frame.getSequence(),
                frame.getXruns(),
                frame.getChannels().stream()
                        .mapToLong(ChannelLevels::getClippedSamples)
                        .sum(),
                frame.getCaptureLatencyUs());
    }

    private static DeviceEvent slim(DeviceMetrics metrics) {
        return new DeviceEvent(
                Micros.of(metrics.getEventTime()),
                metrics.getDeviceId(),
                metrics.getCpuUtilisation(),
                metrics.getMemoryUsedBytes(),
                metrics.getMemoryTotalBytes(),
                metrics.getDiskUsedBytes(),
                metrics.getDiskTotalBytes(),
                metrics.getBufferFill(),
                metrics.getSpoolBytes(),
                metrics.getSpoolLimitBytes());
    }

    /** Where a record stands in Kafka. */
    record Position(String topic, int partition, long offset) {}

    /** From the record to the slim event. */
    private interface Slim<R> {
        SignalInput of(Position position, R record);
    }
}
