package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is scored is what a person means, or is refused; a score is never told of something else. */
class ForecastScoreCommandTest {
    private static final String HEADER = "series_id,step,value\n";
    private static final String TRAIN = HEADER + "a,1,1\na,2,2\na,3,4\n";

    @RegisterExtension
    final CaughtStreams caught = new CaughtStreams();

    private final ByteArrayOutputStream printed = caught.printed();
    private final ByteArrayOutputStream told = caught.told();
    private final StringWriter errors = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void aStepThatNeverCameCountsNowhereAndIsSaid() throws IOException {
        JsonNode score = scored(TRAIN, HEADER + "a,4,\na,5,4\n", 2);

        // Naive is right in the one step that came.
        assertThat(score.get("baselines").get("naive").get("smape").asDouble()).isZero();
        assertThat(score.toString()).doesNotContain("NaN");
        assertThat(told()).contains("test.csv has no value for 1 of the 2 steps that are forecast; they count nowhere");
    }

    @Test
    void stepsThatDoNotFollowAreRefused() throws IOException {
        refused(
                TRAIN,
                HEADER + "a,40,1\na,41,2\n",
                2,
                "test.csv begins with step 40 of series a; after",
                "comes step 4");
        refused(TRAIN, HEADER + "a,5,1\na,6,2\n", 2, "begins with step 5 of series a");
        refused(TRAIN, HEADER + "a,3,4\na,4,2\n", 2, "begins with step 3 of series a");
    }

    @Test
    void whatWasShownIsNoTest() throws IOException {
        refused(TRAIN, TRAIN, 2, "test.csv has of series a again what", "only what comes after it can be scored");
        refused(TRAIN, TRAIN + "a,4,8\na,5,9\n", 2, "has of series a again what");
        refused("a,1,2,4\n", "a,1,2,4\n", 2, "has of series a again what");
    }

    @Test
    void fewerStepsThanTheHorizonAreRefused() throws IOException {
        refused(
                TRAIN,
                HEADER + "a,4,1\na,5,2\n",
                3,
                "test.csv has 2 steps of series a after",
                "a horizon of 3 needs as many");
    }

    @Test
    void valuesThatCannotBeSquaredAreRefused() throws IOException {
        refused(TRAIN + "b,1,1e308\nb,2,-1e308\n", HEADER + "a,4,1\nb,3,1\n", 1, "Values of series b are too large");
        refused(TRAIN, HEADER + "a,4,1e300\n", 1, "Values of series a are too large");
    }

    @Test
    void stepsThatCountAnewAreTakenAndSaid() throws IOException {
        JsonNode anew = scored(TRAIN, HEADER + "a,1,4\na,2,6\n", 2);
        assertThat(told()).contains("count anew from 1; its first is taken as the one after the last of");

        assertThat(scored(TRAIN, HEADER + "a,4,4\na,5,6\n", 2)).isEqualTo(anew);
        assertThat(scored("\"V1\",\"V2\",\"V3\",\"V4\"\na,1,2,4\n", "a,4,6\n", 2))
                .isEqualTo(anew);
    }

    @Test
    void withoutAHeaderTheFirstSeriesCountsToo() throws IOException {
        JsonNode with =
                scored("\"V1\",\"V2\",\"V3\"\n\"H1\",\"1\",\"2\"\n\"H2\",\"3\",\"4\"\n", "V1,V2\nH1,3\nH2,5\n", 1);
        assertThat(with.get("series").asInt()).isEqualTo(2);

        assertThat(scored("H1,1,2\nH2,3,4\n", "H2,5\nH1,3\n", 1)).isEqualTo(with);
    }

    @Test
    void anotherHeaderIsNoCompetitionFile() throws IOException {
        refused(
                "id,t,y\na,1,2\na,2,3\n",
                "a,4\n",
                1,
                "train.csv, line 1: the header must be series_id,step,value, or V1,V2,...",
                "'id,t,y'");
        refused("a,1,2\na,2,3\n", "a,4\n", 1, "train.csv, line 2: series a is there twice");
    }

    @Test
    void seriesLeftOutAreNamed() throws IOException {
        JsonNode score = scored(TRAIN + "b,1,\nb,2,\nc,1,1\n", HEADER + "a,4,1\nb,3,2\nc,2,\nd,1,1\n", 1);

        assertThat(score.get("series").asInt()).isEqualTo(1);
        assertThat(told())
                .contains("1 series without a value in " + folder.resolve("train.csv") + ", left out: b")
                .contains("1 series without a value in " + folder.resolve("test.csv") + ", left out: c")
                .contains("train.csv does not have, left out: d");

        refused(TRAIN, HEADER + "a,4,\na,5,3\n", 1, "test.csv has no value within a horizon of 1 after");
    }

    @Test
    void measuresWithoutAScaleAreNull() throws IOException {
        JsonNode score = scored(HEADER + "a,1,5\na,2,5\na,3,5\n", HEADER + "a,4,5\n", 1);

        assertThat(score.get("smape").asDouble()).isZero();
        assertThat(score.get("scaled_series").asInt()).isZero();
        for (String absent : new String[] {"mase", "msis", "owa", "width80", "width95"}) {
            assertThat(score.get(absent).isNull()).as(absent).isTrue();
        }
        assertThat(told()).contains("MASE, MSIS and widths are of 0 series");
    }

    @Test
    void baselinesStandBeside() throws IOException {
        // Naive forecasts 1, what is a season of two steps before is 3 and 1; a change of a season is 1 in the mean.
        String train = HEADER + "a,1,1\na,2,2\na,3,3\na,4,1\n";
        String test = HEADER + "a,5,3\na,6,1\n";

        JsonNode score = scored(train, test, 2, "--seasons=2");

        assertThat(score.fieldNames())
                .toIterable()
                .containsExactly(
                        "series",
                        "scaled_series",
                        "smape",
                        "mase",
                        "msis",
                        "owa",
                        "coverage80",
                        "coverage95",
                        "width80",
                        "width95",
                        "baselines");
        JsonNode naive = score.get("baselines").get("naive");
        assertThat(naive.get("smape").asDouble()).isEqualTo(50);
        assertThat(naive.get("mase").asDouble()).isCloseTo(1 / 1.5, within(1e-9));
        assertThat(naive.get("owa").asDouble()).isEqualTo(1);
        JsonNode seasonal = score.get("baselines").get("seasonal_naive");
        assertThat(seasonal.get("smape").asDouble()).isZero();
        assertThat(seasonal.get("owa").asDouble()).isZero();
        assertThat(seasonal.get("msis").asDouble())
                .isEqualTo(seasonal.get("width95").asDouble());
        assertThat(score.get("baselines").get("naive2").get("msis").isNull()).isTrue();

        assertThat(run(train, test, 2, "--seasons=2")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.matches("1 series +ours +naive +seasonal naive +Naive2"))
                .anyMatch(line -> line.matches("sMAPE +[0-9.]+ +50.0000 +0.0000 +50.0000"));
    }

    private JsonNode scored(String train, String test, int horizon, String... more) throws IOException {
        String[] arguments = IntStream.rangeClosed(0, more.length)
                .mapToObj(i -> i == 0 ? "--json" : more[i - 1])
                .toArray(String[]::new);
        assertThat(run(train, test, horizon, arguments)).as(errors.toString()).isZero();
        return Json.MAPPER.readTree(printed.toByteArray());
    }

    private void refused(String train, String test, int horizon, String... words) throws IOException {
        assertThat(run(train, test, horizon)).isEqualTo(1);
        assertThat(errors.toString()).contains(words);
    }

    private int run(String train, String test, int horizon, String... more) throws IOException {
        printed.reset();
        told.reset();
        errors.getBuffer().setLength(0);
        String[] arguments = new String[more.length + 4];
        arguments[0] = "forecast-score";
        arguments[1] = "--train=" + Files.writeString(folder.resolve("train.csv"), train);
        arguments[2] = "--test=" + Files.writeString(folder.resolve("test.csv"), test);
        arguments[3] = "--horizon=" + horizon;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Ag06.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    }
}
