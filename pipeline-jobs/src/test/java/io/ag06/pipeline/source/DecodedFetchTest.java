package io.ag06.pipeline.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DecodedFetchTest {
    private static final String TOPIC = "ag06.letters";

    private final AtomicInteger batches = new AtomicInteger();
    private final SimpleCounter recordsIn = new SimpleCounter();
    private final DecodedBatchEmitter<String> emitter = new DecodedBatchEmitter<>(recordsIn);

    @Test
    void everyRecordOfEveryPartitionIsDecodedInItsOrder() throws IOException {
        Fetch fetch = new Fetch()
                .with("p0", List.of(record(0, 7, "a"), record(0, 8, "b")))
                .with("p1", List.of(record(1, 40, "c")));

        DecodedFetch<String> decoded = DecodedFetch.of(fetch, new Letters(), batches::incrementAndGet);

        assertThat(decoded.nextSplit()).isEqualTo("p0");
        assertThat(emitted(decoded, 0)).isEqualTo(new Emitted(List.of("a", "b"), 9));
        assertThat(decoded.nextRecordFromSplit()).isNull();
        assertThat(decoded.nextSplit()).isEqualTo("p1");
        assertThat(emitted(decoded, 1)).isEqualTo(new Emitted(List.of("c"), 41));
        assertThat(decoded.nextRecordFromSplit()).isNull();
        assertThat(decoded.nextSplit()).isNull();
        assertThat(decoded.nextRecordFromSplit()).isNull();
        assertThat(batches).hasValue(2);
    }

    @Test
    void theReaderCountsABatchAndTheEmitterItsOtherRecords() throws IOException {
        Fetch fetch = new Fetch().with("p0", List.of(record(0, 1, "a"), record(0, 2, "b"), record(0, 3, "")));
        DecodedFetch<String> decoded = DecodedFetch.of(fetch, new Letters(), batches::incrementAndGet);
        decoded.nextSplit();
        recordsIn.inc(); // As the reader does.

        emitted(decoded, 0);

        assertThat(recordsIn.getCount()).isEqualTo(3);
    }

    @Test
    void recordsOfWhichNothingCameMoveThePositionAllTheSame() throws IOException {
        DecodedFetch<String> decoded = DecodedFetch.of(
                new Fetch().with("p0", List.of(record(0, 5, ""), record(0, 9, ""))),
                new Letters(),
                batches::incrementAndGet);

        assertThat(decoded.nextSplit()).isEqualTo("p0");
        assertThat(emitted(decoded, 0)).isEqualTo(new Emitted(List.of(), 10));
    }

    @Test
    void whatARecordBecomesMayBeMoreThanOne() throws IOException {
        DecodedFetch<String> decoded = DecodedFetch.of(
                new Fetch().with("p0", List.of(record(0, 5, "xyz"))), new Letters(), batches::incrementAndGet);

        decoded.nextSplit();
        assertThat(emitted(decoded, 0)).isEqualTo(new Emitted(List.of("x", "y", "z"), 6));
    }

    @Test
    void finishedPartitionsAreHandedOnAndTheFetchGivenBack() throws IOException {
        Fetch fetch = new Fetch().with("p0", List.of());
        fetch.finished = Set.of("p3");

        DecodedFetch<String> decoded = DecodedFetch.of(fetch, new Letters(), batches::incrementAndGet);

        assertThat(decoded.nextSplit()).as("a partition without records").isNull();
        assertThat(decoded.finishedSplits()).containsExactly("p3");
        assertThat(fetch.recycled).isTrue();
        assertThat(batches).hasValue(0);
    }

    @Test
    void aDecoderThatFailsFailsTheFetch() {
        Fetch fetch = new Fetch().with("p0", List.of(record(0, 5, "a"), record(0, 6, "!")));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DecodedFetch.of(fetch, new Letters(), batches::incrementAndGet))
                .withMessage("broken");
    }

    private Emitted emitted(DecodedFetch<String> decoded, int partition) {
        List<String> values = new ArrayList<>();
        var state = new KafkaPartitionSplitState(new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), 0));
        emitter.emitRecord(decoded.nextRecordFromSplit(), new Output(values), state);
        return new Emitted(values, state.getCurrentOffset());
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String letters) {
        return new ConsumerRecord<>(TOPIC, partition, offset, null, letters.getBytes(US_ASCII));
    }

    private record Emitted(List<String> values, long position) {}

    /** Each letter of a record by itself. */
    private static final class Letters implements KafkaRecordDeserializationSchema<String> {
        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<String> out) throws IOException {
            for (byte letter : message.value()) {
                if (letter == '!') {
                    throw new IOException("broken");
                }
                out.collect(Character.toString(letter));
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    /** As a poll hands records over. */
    private static final class Fetch implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {
        private final Queue<String> splits = new ArrayDeque<>();
        private final Queue<Iterator<ConsumerRecord<byte[], byte[]>>> records = new ArrayDeque<>();
        private Iterator<ConsumerRecord<byte[], byte[]>> current;
        private Set<String> finished = Set.of();
        private boolean recycled;

        private Fetch with(String split, List<ConsumerRecord<byte[], byte[]>> ofIt) {
            splits.add(split);
            records.add(ofIt.iterator());
            return this;
        }

        @Override
        public String nextSplit() {
            current = records.poll();
            return splits.poll();
        }

        @Override
        public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
            return current.hasNext() ? current.next() : null;
        }

        @Override
        public Set<String> finishedSplits() {
            return finished;
        }

        @Override
        public void recycle() {
            recycled = true;
        }
    }

    private record Output(List<String> values) implements SourceOutput<String> {
        @Override
        public void collect(String value) {
            values.add(value);
        }

        @Override
        public void collect(String value, long timestamp) {
            throw new AssertionError("Nobody asks for a time beside the value");
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new AssertionError("No job has watermarks");
        }

        @Override
        public void markIdle() {
            throw new AssertionError("No job has watermarks");
        }

        @Override
        public void markActive() {
            throw new AssertionError("No job has watermarks");
        }
    }
}
