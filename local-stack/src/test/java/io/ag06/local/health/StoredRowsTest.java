package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked, and what is made of no answer; {@code StoredRowsITCase} asks a real engine. */
class StoredRowsTest {
    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = MINUTE.plusSeconds(60);
    private static final Optional<Map<String, Map<Integer, Long>>> LOOK_BACK =
            Optional.of(Map.of("ag06.service-requests", Map.of(0, 0L)));
    private static final List<Job> ARCHIVE = List.of(Jobs.named("event-archive"));

    private final JsonMapper json = new JsonMapper();
    private final List<String> asked = new ArrayList<>();
    private long last = 10;
    private boolean away;
    private final StoredRows rows = new StoredRows(ARCHIVE, (sql, timeout) -> answer(sql));

    @Test
    void theFirstLookOnlyLearnsWhereTheTablesEnd() throws Exception {
        assertThat(look().stored()).isEmpty();
        assertThat(asked).noneMatch(sql -> sql.contains("ROLLUP"));
    }

    @Test
    void theNextLookAsksForTheRowsSince() throws Exception {
        look();
        last = 25;

        StoredMinute minute = look();

        assertThat(minute.stored()).containsEntry("ag06.service-requests", 15L);
        assertThat(minute.repeats()).containsEntry("ag06.service-requests", 2L);
        assertThat(minute.freshness().get("event-archive").p99Us()).hasValue(2_309_000);
        assertThat(asked)
                .anyMatch(sql -> sql.contains("(kafka_partition = 0 AND kafka_offset > 10 AND kafka_offset <= 25)"))
                .noneMatch(sql -> sql.contains("stored_at >="));
    }

    @Test
    void whereNothingAppearedThatIsKnownWithoutAQuestion() throws Exception {
        look();
        asked.clear();

        StoredMinute minute = look();

        assertThat(minute.stored()).containsEntry("ag06.service-requests", 0L);
        assertThat(minute.repeats()).containsEntry("ag06.service-requests", 0L);
        assertThat(minute.freshness()).isEmpty();
        assertThat(asked).noneMatch(sql -> sql.contains("service_requests WHERE"));
    }

    @Test
    void afterMinutesWithoutAnAnswerOnlyWhatCameInThisOneCounts() throws Exception {
        look();
        away = true;
        assertThat(look()).isEqualTo(StoredMinute.UNKNOWN);
        away = false;
        last = 4_000;
        asked.clear();

        look();

        assertThat(asked.stream().filter(sql -> sql.contains("ROLLUP")))
                .singleElement()
                .asString()
                .contains("kafka_offset > 10")
                .contains("stored_at >= fromUnixTimestamp64Micro(1772366400000000, 'UTC')");
    }

    @Test
    void aTableThatWasCutBackHasNothingNew() throws Exception {
        look();
        last = 3;

        assertThat(look().stored()).containsEntry("ag06.service-requests", 0L);
    }

    @Test
    void withoutKafkasWordWhereToLookBackRepeatsAreNotKnown() throws Exception {
        look();
        last = 25;

        StoredMinute minute = rows.look(MINUTE, END, Optional.empty());

        assertThat(minute.stored()).containsEntry("ag06.service-requests", 15L);
        assertThat(minute.repeats()).isEmpty();
    }

    private StoredMinute look() throws InterruptedException {
        return rows.look(MINUTE, END, LOOK_BACK);
    }

    private List<JsonNode> answer(String sql) throws IOException {
        asked.add(sql);
        if (away) {
            throw new IOException("no answer");
        }
        if (sql.contains("max(kafka_offset)")) {
            return List.of(json.readTree(
                    "{\"name\": \"service_requests\", \"topic\": \"ag06.service-requests\", \"partition\": 0, \"last\": "
                            + last + "}"));
        }
        if (sql.contains("ROLLUP")) {
            return List.of(
                    json.readTree("{\"topic\": \"ag06.service-requests\", \"stored\": 15, \"late\": [1000, 2000]}"),
                    json.readTree("{\"topic\": \"\", \"stored\": 15, \"late\": [1293000.4, 2309000.2]}"));
        }
        if (sql.contains("repeats")) {
            return List.of(json.readTree("{\"repeats\": 2}"));
        }
        return sql.contains("AS devices") ? List.of(json.readTree("{\"devices\": 0}")) : List.of();
    }
}
