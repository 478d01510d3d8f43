package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sent to Kafka can be read in SQL, once; what can't be taken in is kept with a reason. */
@ExtendWith(StackExtension.class)
class EventArchiveITCase {
    @Test
    void everyRequestIsStoredOnceWithWhereItStoodInKafka(LocalStack stack) {
        String service = "archive-once";
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, requests(service, 1000, Instant.now()));
        }
        awaitRows(stack, "SELECT count() FROM service_requests WHERE service = '%s'".formatted(service), 1000);
        assertThat(stack.sql()
                        .number(
                                "SELECT uniqExact(kafka_partition, kafka_offset) FROM service_requests WHERE service = '%s'"
                                        .formatted(service)))
                .isEqualTo(1000);
        assertThat(stack.sql()
                        .number(
                                "SELECT countIf(stored_at >= appended_at - 1) FROM service_requests WHERE service = '%s'"
                                        .formatted(service)))
                .isEqualTo(1000);
    }

    @Test
    void whatCanNotBeTakenInIsADeadLetterWithItsBytesAndTheJobGoesOn(LocalStack stack) {
        String service = "archive-dead-letters";
        Instant now = Instant.now();
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        ServiceRequest tomorrow =
                requests(service, 1, now.plus(25, ChronoUnit.HOURS)).get(0);
        ServiceRequest negative = requests(service, 1, now).get(0);
        negative.setDurationUs(-1L);
        byte[] unknownSchema = codec.encode(requests(service, 1, now).get(0));
        unknownSchema[2] ^= 0x55;
        byte[] malformed = ("{\"service\": \"" + service + "\"}\n\n\r\n").getBytes(StandardCharsets.UTF_8);
        long before = stack.sql().number("SELECT count() FROM dead_letters");

        try (TestProducer producer = new TestProducer(stack)) {
            producer.sendBytes(
                    Topics.SERVICE_REQUESTS,
                    List.of(malformed, unknownSchema, codec.encode(tomorrow), codec.encode(negative)));
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, requests(service, 1, now));
        }

        awaitRows(stack, "SELECT count() FROM service_requests WHERE service = '%s'".formatted(service), 1);
        awaitRows(stack, "SELECT count() FROM dead_letters", before + 4);
        List<JsonNode> letters = stack.sql()
                .rows(
                        "SELECT stage, error, hex(original) AS original FROM dead_letters ORDER BY stored_at, kafka_partition, kafka_offset");
        assertThat(letters)
                .extracting(row ->
                        row.get("stage").asText() + ": " + row.get("error").asText())
                .anyMatch(text -> text.startsWith("decode: ") && text.contains("single-object"))
                .anyMatch(text -> text.startsWith("decode: ") && text.contains("fingerprint"))
                .anyMatch(text -> text.startsWith("rules: event_time") && text.contains("after"))
                .anyMatch(text -> text.startsWith("rules: duration_us is -1"));
        assertThat(letters)
                .extracting(row -> row.get("original").asText())
                .contains(java.util.HexFormat.of().withUpperCase().formatHex(malformed));
    }

    @Test
    void aKilledClickHouseComesBackAndNothingIsMissingOrDoubled(LocalStack stack) {
        String service = "archive-killed-engine";
        try (TestProducer producer = new TestProducer(stack)) {
            for (int round = 0; round < 6; round++) {
                producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, requests(service, 500, Instant.now()));
                if (round % 2 == 1) {
                    stack.embeddedClickHouse().orElseThrow().kill();
                }
            }
        }
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> stack.sql()
                                .number("SELECT count() FROM service_requests WHERE service = '%s'".formatted(service))
                        >= 3000);
        assertThat(stack.sql()
                        .rows(
                                "SELECT count() AS stored, uniqExact(kafka_partition, kafka_offset) AS different FROM service_requests WHERE service = '%s'"
                                        .formatted(service))
                        .get(0)
                        .toString())
                .isEqualTo("{\"stored\":3000,\"different\":3000}");
    }

    static List<ServiceRequest> requests(String service, int count, Instant time) {
        return IntStream.range(0, count)
                .mapToObj(i -> ServiceRequest.newBuilder()
                        .setEventId(service + "-" + time.toEpochMilli() + "-" + i)
                        .setEventTime(time.truncatedTo(ChronoUnit.MICROS))
                        .setService(service)
                        .setOperation("export")
                        .setRegion("eu-west")
                        .setStatusCode(200)
                        .setError(false)
                        .setDurationUs(1000L + i)
                        .setRequestBytes(10)
                        .setResponseBytes(20)
                        .build())
                .toList();
    }

    static void awaitRows(LocalStack stack, String query, long rows) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stack.sql().number(query)).isEqualTo(rows));
    }
}
