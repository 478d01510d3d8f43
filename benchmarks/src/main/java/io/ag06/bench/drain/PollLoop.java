package io.ag06.bench.drain;

import io.ag06.pipeline.source.FromKafka;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that reading the topic can take: a consumer, configured as the jobs' is, polled until it has everything.
 * Decoding, where it is asked for, makes the generated class of each record and looks at one field.
 */
final class PollLoop implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);

    private final LoadedTopic topic;
    private final Parts parts;
    private final boolean decode;

    PollLoop(LoadedTopic topic, Parts parts, boolean decode) {
        this.topic = topic;
        this.parts = parts;
        this.decode = decode;
    }

    @Override
    public Round run(int parallelism) throws Exception {
        List<TopicPartition> partitions = LoadedTopic.partitions();
        AtomicLong read = new AtomicLong();
        AtomicLong begun = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        Usage.Meter meter = parts.meter();
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            List<Future<Long>> sums = new ArrayList<>();
            for (int thread = 0; thread < parallelism; thread++) {
                List<TopicPartition> own = new ArrayList<>();
                for (int i = thread; i < partitions.size(); i += parallelism) {
                    own.add(partitions.get(i));
                }
                Callable<Long> loop = () -> poll(own, read, begun, ended);
                sums.add(threads.submit(loop));
            }
            long durations = 0;
            for (Future<Long> sum : sums) {
                durations += sum.get();
            }
            double seconds = (ended.get() - begun.get()) / 1e9;
            Usage usage = meter.read();
            WrongCountException.require("Records polled", topic.totals().records(), read.get());
            if (decode) {
                WrongCountException.require(
                        "Sum of their latencies", topic.totals().durationMicros(), durations);
            }
            return new Round(read.get(), seconds, seconds, usage);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Polls until all threads together have everything; the sum of latencies, where records are decoded. */
    private long poll(List<TopicPartition> partitions, AtomicLong read, AtomicLong begun, AtomicLong ended)
            throws DecodeException {
        Map<String, Object> config = new HashMap<>(FromKafka.consumerConfig());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrapServers());
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        long durations = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (read.get() < topic.totals().records()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (begun.get() == 0 && !records.isEmpty()) {
                    begun.compareAndSet(0, System.nanoTime());
                }
                if (decode) {
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        durations += codec.decode(record.value()).getDurationUs();
                    }
                }
                if (read.addAndGet(records.count()) == topic.totals().records()) {
                    ended.set(System.nanoTime());
                }
            }
        }
        return durations;
    }
}
