package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.sql.Tables;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Refused records as rows of {@code dead_letters}, with their bytes as they were. */
final class DeadLetterRows {
    private static final byte[] NO_VALUE = new byte[0];

    private final RowBinaryWriter out = new RowBinaryWriter(1024);

    /** @param seenAt when it was refused */
    EncodedRow of(ConsumerRecord<byte[], byte[]> message, RefusedRecordException refusal, Instant seenAt) {
        out.clear();
        out.string(message.topic());
        out.int32(message.partition());
        out.int64(message.offset());
        out.string(refusal.stage().word());
        out.string(refusal.getMessage());
        out.int64(Micros.of(seenAt));
        out.string(message.value() == null ? NO_VALUE : message.value());
        out.string(message.topic());
        return FactEncoder.facts(Tables.DEAD_LETTERS, message, out);
    }
}
