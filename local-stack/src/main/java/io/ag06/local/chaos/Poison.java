package io.ag06.local.chaos;

import io.ag06.agent.publish.ServiceRecords;
import io.ag06.agent.simulate.SimulatedRequest;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that no job can take in: one that is no record, one that breaks a rule, one from tomorrow. */
record Poison(String kafka) implements Fault {
    /** How many dead letters come of it. */
    static final int RECORDS = 3;

    @Override
    public String words() {
        return "no record, a negative duration, tomorrow";
    }

    @Override
    public void strike() {
        SimulatedRequest today = new NumberedRequests(0).at(0, Instant.now());
        SimulatedRequest tomorrow = new NumberedRequests(0).at(0, Instant.now().plus(Duration.ofHours(25)));
        ServiceRecords records = new ServiceRecords();
        List<byte[]> poison = List.of(
                "no record\n\n".getBytes(StandardCharsets.UTF_8),
                records.record(lastingLessThanNothing(today)).value(),
                records.record(tomorrow).value());
        Map<String, Object> configuration = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "poison");
        try (var producer = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (byte[] record : poison) {
                // A send that fails makes the commit fail, with its cause.
                var unused = producer.send(new ProducerRecord<>(Topics.SERVICE_REQUESTS.name(), record));
            }
            producer.commitTransaction();
        }
    }

    private static SimulatedRequest lastingLessThanNothing(SimulatedRequest request) {
        return new SimulatedRequest(
                request.eventId(),
                request.time(),
                request.service(),
                request.operation(),
                request.region(),
                request.statusCode(),
                request.error(),
                -1,
                request.requestBytes(),
                request.responseBytes());
    }

    @Override
    public void mend() {
        // They are dead letters by now.
    }
}
