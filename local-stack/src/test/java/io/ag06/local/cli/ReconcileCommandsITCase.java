package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import io.ag06.local.LocalStack;
import io.ag06.local.StackExtension;
import io.ag06.local.TestProducer;
import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ag06 verify} and {@code ag06 dead-letters}, as a person and a program use them. */
@ExtendWith(StackExtension.class)
class ReconcileCommandsITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void aRunningStackIsVerifiedWhileItIsAtWork(LocalStack stack) throws IOException {
        stack.endpoints().writeTo(data);
        ServiceRequest request = Examples.of(ServiceRequest.class, "ordinary");
        request.setService("verify-command");
        request.setEventTime(Instant.now());
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, List.of(request, request, request));
        }
        await().atMost(PATIENCE)
                .until(() -> stack.sql().number("SELECT count() FROM service_requests WHERE service = 'verify-command'")
                        == 3);

        Said asJson = say("verify", "--json");

        assertThat(asJson.status).as(asJson.out).isZero();
        JsonNode report = Json.MAPPER.readTree(asJson.out);
        assertThat(report.get("clean").asBoolean()).isTrue();
        assertThat(report.get("missing").asLong()).isZero();
        assertThat(report.get("doubled").asLong()).isZero();
        assertThat(report.get("stored").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(report.get("facts").size()).isGreaterThanOrEqualTo(11);
        assertThat(report.get("partials")).hasSize(8);
        Said asText = say("verify", "--wait=5");
        assertThat(asText.status).isZero();
        assertThat(asText.out.lines().findFirst().orElseThrow())
                .startsWith("Nothing is missing and nothing is doubled: ");
        assertThat(asText.out).contains("ag06.service-requests-0").contains("golden_signals_partials");
    }

    @Test
    void aLetterIsListedShownAndReplayed(LocalStack stack) throws IOException {
        stack.endpoints().writeTo(data);
        ServiceMetrics wrong = Examples.of(ServiceMetrics.class, "ordinary");
        wrong.setService("dead-letters-command");
        wrong.setMaxInflightRequests(-7);
        byte[] nonsense = "dead-letters-command, as text".getBytes(StandardCharsets.UTF_8);
        try (TestProducer producer = new TestProducer(stack)) {
            producer.sendBytes(
                    Topics.SERVICE_METRICS,
                    List.of(RecordCodec.of(ServiceMetrics.class).encode(wrong), nonsense));
        }
        String ofOurs = "FROM dead_letters WHERE position(original, 'dead-letters-command') > 0 AND stage = '%s'";
        await().atMost(PATIENCE)
                .until(() -> stack.sql().number("SELECT count() " + ofOurs.formatted("rules")) == 1
                        && stack.sql().number("SELECT count() " + ofOurs.formatted("decode")) == 1);
        String broken = id(stack, ofOurs.formatted("rules"));
        String text = id(stack, ofOurs.formatted("decode"));

        JsonNode listed = Json.MAPPER.readTree(
                say("dead-letters", "list", "--topic=service-metrics", "--since=1h", "--json").out);
        assertThat(listed.get("letters").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(listed.get("newest").findValuesAsText("id")).contains(broken, text);
        assertThat(say("dead-letters", "list", "--stage=rules").out)
                .contains("max_inflight_requests is …; at least … is allowed")
                .contains(broken)
                .doesNotContain(text);

        assertThat(say("dead-letters", "show", broken).out)
                .contains("max_inflight_requests is -7")
                .contains("\"service\" : \"dead-letters-command\"");
        assertThat(say("dead-letters", "show", text).out)
                .contains("single-object encoding")
                .contains("64 65 61 64 2d 6c 65 74 74 65 72 73 2d 63 6f 6d  dead-letters-com");

        assertThat(say("dead-letters", "replay", broken).out)
                .contains(broken + " sent again as ag06.service-metrics/")
                .contains("1 sent again");
        assertThat(say("dead-letters", "replay", broken, text).out)
                .contains(broken + " was sent again at ")
                .contains("--again")
                .contains("1 sent again, 1 were before");
        Said unknown = say("dead-letters", "replay", text, "ag06.service-metrics/0/999999999");
        assertThat(unknown.status).isEqualTo(1);
        assertThat(unknown.err.strip().lines())
                .singleElement()
                .asString()
                .contains("ag06.service-metrics/0/999999999")
                .contains("nothing was sent");
    }

    private static String id(LocalStack stack, String from) {
        JsonNode row = stack.sql()
                .rows("SELECT concat(kafka_topic, '/', toString(kafka_partition), '/', toString(kafka_offset)) AS id "
                        + from)
                .get(0);
        return row.get("id").asText();
    }

    /** Runs a command on a folder that knows the stack, and keeps what it prints. */
    private Said say(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data=" + data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int status = Ag06.commandLine()
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(all.toArray(String[]::new));
            return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private record Said(int status, String out, String err) {}
}
