package io.ag06.bench.micro;

import io.ag06.bench.load.OutsideOfFlink;
import io.ag06.bench.load.RequestStream;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.SignalInputs;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What each Kafka record of a service request costs in a source, by what is made of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class RequestsFromKafka {
    /** More than the processor's caches foresee, fewer than the heap minds. */
    private static final int RECORDS = 20_000;

    private static final Instant LAST = Instant.parse("2026-03-01T12:00:00Z");

    private final RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
    private final SignalInputs signalInputs = new SignalInputs(RuleSettings.DEFAULT);
    private final FactRows factRows = new FactRows(RuleSettings.DEFAULT);
    private ConsumerRecord<byte[], byte[]>[] messages;

    @Setup(Level.Trial)
    public void makeMessages() {
        signalInputs.open(new OutsideOfFlink());
        factRows.open(new OutsideOfFlink());
        RequestStream requests = new RequestStream(LAST.minusSeconds(10));
        @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays of generic types can't be made otherwise.
        ConsumerRecord<byte[], byte[]>[] made = new ConsumerRecord[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = codec.encode(requests.next());
            made[i] = new ConsumerRecord<>(
                    Topics.SERVICE_REQUESTS.name(),
                    0,
                    i,
                    LAST.toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    -1,
                    value.length,
                    null,
                    value,
                    new RecordHeaders(),
                    Optional.empty());
        }
        messages = made;
    }

    /** The generated class of each record, which is what both paths below did before they read its bytes. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void decodedRecords(Blackhole taker) throws DecodeException {
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            taker.consume(codec.decode(message.value()));
        }
    }

    /** What the golden signals need of each. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void signalInputs(Blackhole taker) {
        Collector<SignalInput> inputs = new Into<>(taker);
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            signalInputs.deserialize(message, inputs);
        }
    }

    /** Each as a row of its raw table. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void factRows(Blackhole taker) {
        Collector<EncodedRow> rows = new Into<>(taker);
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            factRows.deserialize(message, rows);
        }
    }

    private record Into<T>(Blackhole taker) implements Collector<T> {
        @Override
        public void collect(T element) {
            taker.consume(element);
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
