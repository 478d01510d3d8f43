package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is clean, and what a program reads. */
public class ChaosReportTest {
    private static final List<String> NOTHING = List.of();
    private static final List<ChaosReport.SlowCycle> NO_CYCLE = List.of();

    static Stream<ChaosReport> unclean() {
        return Stream.of(
                lossy(),
                report(0L, 0L, true, List.of(new ChaosReport.SlowCycle(2, "kill_kafka, of the broker", 61.2)), NOTHING),
                report(0L, 1L, true, NO_CYCLE, NOTHING),
                report(0L, 0L, false, NO_CYCLE, NOTHING),
                report(0L, 0L, true, NO_CYCLE, List.of("differing_rows: no end")),
                unjudged());
    }

    @Test
    void allIsThereOnceAndSoon() {
        assertThat(report(0L, 0L, true, NO_CYCLE, NOTHING).isClean()).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void unclean(ChaosReport report) {
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void aLossIsANumberAndWhatWasNotFoundOutIsNull() throws IOException {
        JsonNode json = Json.MAPPER.readTree(Json.pretty(lossy()));
        assertThat(json.path("lost").asLong()).isEqualTo(7);
        assertThat(json.path("events").asLong()).isEqualTo(1_000);
        assertThat(json.path("differing_rows").asLong()).isZero();
        assertThat(json.path("unrecovered").get(0).asText()).startsWith("cycle 1");
        assertThat(json.has("clean")).isFalse();

        assertThat(Json.MAPPER.readTree(Json.pretty(unjudged())).get("lost").isNull())
                .isTrue();
    }

    /** A run that has lost seven events. */
    public static ChaosReport lossy() {
        return new ChaosReport(
                1,
                1,
                Map.of("kill_kafka", 1),
                NOTHING,
                1_000,
                7L,
                0L,
                0L,
                0L,
                0,
                false,
                "7 of 1000 records are missing.",
                Map.of(),
                185.5,
                List.of(new ChaosReport.SlowCycle(1, "kill_kafka, of the broker", 185.5)),
                List.of("cycle 1 (kill_kafka, of the broker): of 1000 events 993 can be read 180 s later"),
                NOTHING,
                200);
    }

    /** One of which nobody knows what became of it. */
    public static ChaosReport unjudged() {
        return report(null, null, null, NO_CYCLE, List.of("lost, duplicated: ClickHouse does not answer"));
    }

    private static ChaosReport report(
            Long lost, Long duplicated, Boolean verified, List<ChaosReport.SlowCycle> slow, List<String> notJudged) {
        return new ChaosReport(
                1,
                1,
                Map.of("kill_kafka", 1),
                NOTHING,
                1_000,
                lost,
                duplicated,
                lost,
                lost,
                0,
                verified,
                verified == null ? null : "Everything is there.",
                Map.of("kill_kafka", new ChaosReport.Recovery(1, 2)),
                20,
                slow,
                NOTHING,
                notJudged,
                200);
    }
}
