package io.ag06.pipeline.source;

import io.ag06.analytics.goldensignals.Bucket;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Service requests as golden signals need them, straight from their bytes. They are what there is most of, and decoding
 * them whole costs more than all that follows; other records are few.
 */
final class RequestScan {
    private static final int EVENT_TIME = 0;
    private static final int SERVICE = 1;
    private static final int OPERATION = 2;
    private static final int REGION = 3;
    private static final int STATUS_CODE = 4;
    private static final int ERROR = 5;
    private static final int DURATION = 6;
    private static final int REQUEST_BYTES = 7;
    private static final int RESPONSE_BYTES = 8;
    private static final List<String> FIELDS = List.of(
            "event_time",
            "service",
            "operation",
            "region",
            "status_code",
            "error",
            "duration_us",
            "request_bytes",
            "response_bytes");

    private final FieldScans scans;
    private final RequestKeys keys = new RequestKeys();
    private final RequestKeys.Names names = new RequestKeys.Names();

    RequestScan(RecordRules rules) {
        scans = new FieldScans(Topics.SERVICE_REQUESTS.record(), rules, FIELDS);
    }

    /** The request in a Kafka record; null where only the record's decoder can tell what is in it. */
    SignalInput read(ConsumerRecord<byte[], byte[]> message, TimeRule timeRule) {
        byte[] value = message.value();
        FieldScan found = scans.scan(value);
        if (found == null || !timeRule.allows(found.number(EVENT_TIME), message.timestamp())) {
            return null;
        }
        long eventTime = found.number(EVENT_TIME);
        names.take(value, found, SERVICE, OPERATION, REGION);
        RequestKeys.Entity entity = keys.of(names);
        SignalsKey key = entity.key(Bucket.startOf(eventTime));
        return SignalInput.of(
                message.topic(),
                message.partition(),
                message.offset(),
                key,
                entity.number(),
                new RequestEvent(
                        eventTime,
                        key.entityId(),
                        key.operation(),
                        key.region(),
                        (int) found.number(STATUS_CODE),
                        found.number(ERROR) != 0,
                        found.number(DURATION),
                        found.number(REQUEST_BYTES),
                        found.number(RESPONSE_BYTES)));
    }
}
