package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Forecasts and replays of files, as a person asks for them. */
class ScalingCommandsTest {
    @RegisterExtension
    final CaughtStreams caught = new CaughtStreams();

    private final ByteArrayOutputStream printed = caught.printed();
    private final ByteArrayOutputStream told = caught.told();
    private final StringWriter errors = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void stepsCountOnFromEachSeriesLastAndColumnsAreAsStated() throws IOException {
        Path input = zipped("series.csv.gz", "series_id,step,value\n" + days("a", 10, 1) + days("b", 500, 100));

        assertThat(ag06("forecast", "--input", input, "--horizon", "3", "--seasons", "24"))
                .isZero();

        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).isEqualTo("series_id,step,mean,lo80,hi80,lo95,hi95,model");
        assertThat(lines.stream().skip(1).map(line -> line.substring(0, line.indexOf(',', 2))))
                .containsExactly("a,250", "a,251", "a,252", "b,740", "b,741", "b,742");
        List<String> fields = List.of(lines.get(1).split(",", -1));
        double[] first = IntStream.range(2, 7)
                .mapToDouble(field -> Double.parseDouble(fields.get(field)))
                .toArray();
        assertThat(first[0]).isCloseTo(value(0), within(0.5));
        assertThat(first[3]).isLessThanOrEqualTo(first[1]);
        assertThat(first[4]).isGreaterThanOrEqualTo(first[2]);
        assertThat(fields.get(7)).isIn("combination", "seasonal naive 24");
    }

    @Test
    void theLeagueIsATableOfItsOwn() throws IOException {
        Path input = plain("series.csv", "series_id,step,value\n" + days("a", 10, 1));
        Path league = folder.resolve("league.csv");

        assertThat(ag06(
                        "forecast",
                        "--input",
                        input,
                        "--horizon",
                        "3",
                        "--seasons",
                        "24",
                        "--output",
                        folder.resolve("forecast.csv"),
                        "--league",
                        league))
                .isZero();

        List<String> lines = Files.readAllLines(league);
        assertThat(lines.get(0)).isEqualTo("series_id,from_ahead,to_ahead,method,skill,weight");
        assertThat(lines).anyMatch(line -> line.startsWith("a,1,1,\"seasonal naive 24\",0,"));
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("a,1,1,"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                        .sum())
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void aWrongLineNamesFileAndLine() throws IOException {
        Path input = plain("series.csv", "series_id,step,value\na,1,2\na,2,x\n");

        assertThat(ag06("forecast", "--input", input, "--horizon", "3")).isEqualTo(1);
        assertThat(errors.toString().strip().lines())
                .singleElement()
                .asString()
                .contains("series.csv, line 3")
                .contains("'x'");
    }

    @Test
    void competitionFilesAreScoredAsTheirLongFormIs() throws IOException {
        Path train = plain("train.csv", "series_id,step,value\n" + days("a", 1, 1) + days("b", 1, 7));
        Path test = plain("test.csv", "series_id,step,value\n" + next("a", 1) + next("b", 7));
        Path wideTrain = plain("Hourly-train.csv", "\"V1\",\"V2\"\n" + wide("a", 0, 240, 1) + wide("b", 0, 240, 7));
        Path wideTest = plain("Hourly-test.csv", "\"V1\",\"V2\"\n" + wide("b", 240, 6, 7) + wide("a", 240, 6, 1));

        assertThat(score(train, test)).isEqualTo(score(wideTrain, wideTest));
    }

    private JsonNode score(Path train, Path test) throws IOException {
        printed.reset();
        assertThat(ag06(
                        "forecast-score",
                        "--train",
                        train,
                        "--test",
                        test,
                        "--horizon",
                        "6",
                        "--seasons",
                        "24",
                        "--json"))
                .isZero();
        JsonNode score = Json.MAPPER.readTree(printed.toByteArray());
        assertThat(score.get("series").asInt()).isEqualTo(2);
        assertThat(score.get("smape").asDouble()).isBetween(0.0, 2.0);
        assertThat(score.get("coverage95").asDouble()).isBetween(0.5, 1.0);
        return score;
    }

    @Test
    void aSeriesWithoutAFutureIsOneLine() throws IOException {
        Path train = plain("train.csv", "series_id,step,value\n" + days("a", 1, 1));
        Path test = plain("test.csv", "series_id,step,value\n" + next("b", 1));

        assertThat(ag06("forecast-score", "--train", train, "--test", test, "--horizon", "6"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("has no series a");
    }

    /** The reactive rule's and the oracle's numbers were worked out by a program of its own: scaling-replay.py. */
    @Test
    void aReplayPrintsEachWayOfScaling() throws Exception {
        Path input = Path.of(getClass().getResource("/scaling/load.csv.gz").toURI());

        assertThat(ag06(
                        "scaling-replay",
                        "--input",
                        input,
                        "--capacity",
                        "24.63",
                        "--replay-minutes",
                        "1440",
                        "--json"))
                .isZero();

        JsonNode table = Json.MAPPER.readTree(printed.toByteArray());
        JsonNode expected = Json.MAPPER.readTree(getClass().getResourceAsStream("/scaling/expected.json"));
        assertThat(table.fieldNames()).toIterable().containsExactly("static_peak", "hpa_70", "ours", "oracle");
        for (String scaler : List.of("static_peak", "hpa_70", "oracle")) {
            assertThat(table.get(scaler)).isEqualTo(expected.get(scaler));
        }
        assertThat(table.get("ours").fieldNames())
                .toIterable()
                .containsExactly("under_min", "under_pct", "lost_load_pct", "replica_hours", "changes");
        assertThat(table.get("ours").get("under_min").asInt())
                .isLessThanOrEqualTo(expected.get("hpa_70").get("under_min").asInt());
    }

    @Test
    void theLedgerHasALineForEachMinuteReplayed() throws IOException {
        Path input = plain("load.csv", "minute,load\n0,70\n1,70\n3,75\n4,180\n");
        Path ledger = folder.resolve("ledger.csv");

        assertThat(ag06(
                        "scaling-replay",
                        "--input",
                        input,
                        "--capacity",
                        "10",
                        "--replay-minutes",
                        "3",
                        "--ledger",
                        ledger))
                .isZero();

        List<String> lines = Files.readAllLines(ledger);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("minute,load,forecast,provided,current,desired,action,reason");
        assertThat(lines.get(1)).startsWith("2,,").contains(",unmeasured,");
        assertThat(lines.get(3)).startsWith("4,180,").contains(",up,");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("hpa_70").contains("under_min");
    }

    @Test
    void whatCannotBeReplayedIsOneLine() throws IOException {
        Path input = plain("load.csv", "minute,load\n0,70\n1,-1\n");

        assertThat(ag06("scaling-replay", "--input", input, "--capacity", "10", "--replay-minutes", "1"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("load.csv, line 3: load must be 0 or more");

        Path few = plain("few.csv", "minute,load\n0,70\n1,60\n");
        assertThat(ag06("scaling-replay", "--input", few, "--capacity", "10", "--replay-minutes", "3"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("few.csv has 2 minutes, from 0 to 1; 3 of them can't be replayed");
        assertThat(ag06("scaling-replay", "--input", few, "--capacity", "0", "--replay-minutes", "1"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--capacity=0.0: must be a number above 0");
        assertThat(ag06("scaling-replay", "--input", few, "--capacity", "9", "--replay-minutes", "0"))
                .isEqualTo(2);
    }

    @Test
    void gapsOfALoadAreCounted() throws IOException {
        Path input = plain("load.csv", "minute,load\n7,70\n9,60\n10,\n12,50\n");

        assertThat(replay(input, 4)).isZero();
        assertThat(toldLines())
                .contains("Minutes without a load: 2 of 4 replayed (paid for, never short), 1 of 2 of history");

        assertThat(replay(plain("end.csv", "minute,load\n0,40\n1,\n2,\n"), 2)).isEqualTo(1);
        assertThat(errors.toString()).contains("end.csv has no load in its last 2 minutes");
    }

    @Test
    void minutesOutOfOrderAndLoadsOutOfReachAreNamed() throws IOException {
        replay(plain("unsorted.csv", "minute,load\n1,10\n0,3\n"), 1);
        replay(plain("twice.csv", "minute,load\n1,10\n1,3\n"), 1);
        replay(plain("huge.csv", "minute,load\n1,1e307\n"), 1);
        replay(plain("far.csv", "minute,load\n9223372036854775807,10\n"), 1);
        replay(plain("other.csv", "t,load\n0,1\n"), 1);

        assertThat(errors.toString())
                .contains("unsorted.csv, line 3: minute 0 comes after minute 1; sort the lines by minute")
                .contains("twice.csv, line 3: minute 1 is there twice")
                .contains("huge.csv, line 2: load is too large: 1.0E307")
                .contains("far.csv, line 2: minute must be between -1000000000000000000 and 1000000000000000000, not 9")
                .contains("other.csv, line 1: the header must be minute,load, not 't,load'");
    }

    private int replay(Path input, int minutes) {
        return ag06("scaling-replay", "--input", input, "--capacity", "10", "--replay-minutes", minutes);
    }

    /** The lines on standard error but the progress bar's. */
    private List<String> toldLines() {
        return told.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(line.lastIndexOf('\r') + 1))
                .toList();
    }

    private int ag06(Object... arguments) {
        CommandLine command = Ag06.commandLine().setErr(new PrintWriter(errors, true));
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return command.execute(texts.toArray(String[]::new));
    }

    private static double value(int step) {
        return 20 + 8 * Math.sin(2 * Math.PI * step / 24) + (step * 7 % 5) / 10.0;
    }

    private static String days(String series, int firstStep, double factor) {
        return IntStream.range(0, 240)
                .mapToObj(step -> "%s,%d,%s%n".formatted(series, firstStep + step, factor * value(step)))
                .collect(Collectors.joining());
    }

    private static String next(String series, double factor) {
        return IntStream.range(240, 246)
                .mapToObj(step -> "%s,%d,%s%n".formatted(series, step - 239, factor * value(step)))
                .collect(Collectors.joining());
    }

    private static String wide(String series, int from, int steps, double factor) {
        return IntStream.range(from, from + steps)
                        .mapToObj(step -> "\"" + factor * value(step) + "\"")
                        .collect(Collectors.joining(",", "\"" + series + "\",", ",,"))
                + "\n";
    }

    private Path plain(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path zipped(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(text);
        }
        return file;
    }
}
