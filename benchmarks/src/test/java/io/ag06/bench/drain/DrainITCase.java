package io.ag06.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.bench.BenchCommand;
import io.ag06.local.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole scenario with few records. How fast they go is not asked: the machine may do anything beside. */
class DrainITCase {
    private static final int RECORDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void everyContenderComesToWhatTheTopicHolds() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int status = new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "drain", "--records=" + RECORDS, "--rounds=1", "--parallelism=2", "--data=" + folder, "--json");

        assertThat(status).as(err.toString()).isZero();
        JsonNode report = Json.MAPPER.readTree(out.toString());
        assertThat(report.get("records").asLong()).isEqualTo(RECORDS);
        List<String> contenders = new ArrayList<>();
        for (JsonNode result : report.get("results")) {
            contenders.add(result.get("contender").asText());
            // A round that came to anything else would have ended the command.
            assertThat(result.get("per_round"))
                    .singleElement()
                    .satisfies(
                            round -> assertThat(round.get("records").asLong()).isEqualTo(RECORDS));
            assertThat(result.get("records_per_second").get("median").asDouble())
                    .isPositive();
            assertThat(result.get("peak_rss_mb").get("max").asDouble()).isPositive();
        }
        assertThat(contenders).containsExactly("poll", "poll-decode", "golden-signals", "insert", "event-archive");
        assertThat(report.get("results").findValuesAsText("bare")).containsExactly("poll", "poll", "insert");
    }
}
