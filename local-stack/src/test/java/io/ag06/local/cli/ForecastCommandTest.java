package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
    private static final String HEADER = "series_id,step,value\n";

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void catchWhatIsTold() {
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void tellAsBefore() {
        System.setErr(standardError);
    }

    @Test
    void eachSeriesCountsOnFromItsLastStep() throws IOException {
        Path output = folder.resolve("forecast.csv");

        int status = run(input(HEADER + constant("a", 100, 60, 7) + constant("b", 0, 60, 3)), "--output=" + output);

        assertThat(status).as(err.toString()).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines.get(0)).isEqualTo("series_id,step,mean,lo80,hi80,lo95,hi95,model");
        // A constant series forecasts itself, with no width.
        assertThat(lines.subList(1, 4)).allSatisfy(line -> assertThat(line).contains(",7,7,7,7,7,"));
        assertThat(lines.subList(4, 7)).allSatisfy(line -> assertThat(line).contains(",3,3,3,3,3,"));
        assertThat(lines.stream().skip(1).map(line -> line.substring(0, line.indexOf(',', 2))))
                .containsExactly("a,160", "a,161", "a,162", "b,60", "b,61", "b,62");
    }

    @Test
    void compressedSeriesAreReadAndTheLeagueIsShown() throws IOException {
        Path input = folder.resolve("series.csv.gz");
        try (OutputStream file = Files.newOutputStream(input);
                Writer text = new OutputStreamWriter(new GZIPOutputStream(file), StandardCharsets.UTF_8)) {
            text.write(HEADER + daily("load", 24 * 14));
        }
        Path league = folder.resolve("league.csv");

        int status = run(input, "--seasons=24", "--output=" + folder.resolve("forecast.csv"), "--league=" + league);

        assertThat(status).as(err.toString()).isZero();
        List<String> lines = Files.readAllLines(league);
        assertThat(lines.get(0)).isEqualTo("series_id,from_ahead,to_ahead,method,skill,weight");
        assertThat(lines.stream().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("load,"));
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        int status = run(input(HEADER + "a,1,5\na,2,many\n"));

        assertThat(status).isNotZero();
        assertThat(err.toString()).contains("line 3: value must be a number or empty, not 'many'");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        int status = run(folder.resolve("nothing.csv"));

        assertThat(status).isNotZero();
        assertThat(err.toString()).contains("There is no file").contains("nothing.csv");
    }

    @Test
    void compressedOutputsAreCompressed() throws IOException {
        Path output = folder.resolve("forecast.csv.gz");
        Path league = folder.resolve("league.csv.gz");
        Path quality = folder.resolve("quality.csv.gz");

        int status = run(
                input(HEADER + constant("a", 0, 9, 7)),
                "--output=" + output,
                "--league=" + league,
                "--quality=" + quality);

        assertThat(status).as(err.toString()).isZero();
        assertThat(unzipped(output)).startsWith("series_id,step,mean,").contains("\na,9,7,");
        assertThat(unzipped(league)).startsWith("series_id,from_ahead,");
        assertThat(unzipped(quality)).startsWith("series_id,assumption\na,\"");
    }

    @Test
    void theQualityOfAllSeriesIsAFile() throws IOException {
        StringBuilder series = new StringBuilder(HEADER);
        for (int i = 0; i < 12; i++) {
            series.append(constant("s" + i, 0, 3, i));
        }
        series.append("blank,1,\nblank,2,\n");
        Path quality = folder.resolve("quality.csv");

        assertThat(run(input(series.toString()), "--output=" + folder.resolve("f.csv")))
                .isZero();
        assertThat(told()).contains("and 3 more series with assumptions; --quality FILE writes all of them");
        assertThat(told()).contains("blank: it has no values, so it was not forecast");

        assertThat(run(input(series.toString()), "--output=" + folder.resolve("f.csv"), "--quality=" + quality))
                .isZero();
        assertThat(told()).contains("and 3 more series with assumptions; all are in " + quality);
        List<String> lines = Files.readAllLines(quality);
        assertThat(lines.get(0)).isEqualTo("series_id,assumption");
        assertThat(lines)
                .contains("blank,\"it has no values, so it was not forecast\"")
                .anyMatch(line -> line.startsWith("s11,\"too short to know its own errors; "));
    }

    @Test
    void whatIsReadIsNotWrittenOver() throws IOException {
        Path input = input(HEADER + constant("a", 0, 9, 7));
        String before = Files.readString(input);
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), input);

        assertThat(run(input, "--output=" + input)).isEqualTo(2);
        assertThat(err.toString()).contains("--input and --output are the same file");
        assertThat(run(input, "--league=" + link)).isEqualTo(2);
        assertThat(run(input, "--output=" + folder.resolve("x.csv"), "--league=" + folder.resolve("./x.csv")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--output and --league are the same file");
        assertThat(Files.readString(input)).isEqualTo(before);
        assertThat(folder.resolve("x.csv")).doesNotExist();
    }

    @Test
    void whatWasThereStaysUntilAllIsWritten() throws IOException {
        Path output = Files.writeString(folder.resolve("forecast.csv"), "as before");

        assertThat(run(input(HEADER + "a,1,x\n"), "--output=" + output)).isEqualTo(1);
        assertThat(output).hasContent("as before");

        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), output);
        assertThat(run(input(HEADER + constant("a", 0, 9, 7)), "--output=" + link))
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(output)).startsWith("series_id,step,mean");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("forecast.csv", "link.csv", "series.csv");
    }

    @Test
    void placesThatCannotBeWrittenAreSaidWithoutJava() throws IOException {
        Path input = input(HEADER + constant("a", 0, 9, 7));

        assertThat(run(input, "--output=" + folder.resolve("no/x.csv"))).isEqualTo(1);
        assertThat(run(input, "--output=" + folder)).isEqualTo(1);

        assertThat(err.toString())
                .contains("no/x.csv can't be written: there is no folder " + folder.resolve("no"))
                .contains(folder + " can't be written: it is a folder")
                .doesNotContain("java.");
    }

    @Test
    void filesThatCannotBeReadAreSaidWithoutJava() throws IOException {
        run(folder);
        run(Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(zipped(HEADER + daily("a", 500)), 300)));

        assertThat(err.toString())
                .contains(folder + " is a folder, not a file")
                .contains("its compressed data end too early; it may have been cut off")
                .doesNotContain("java.");
    }

    @Test
    void filesAsOtherProgramsWriteThemAreRead() throws IOException {
        assertThat(run(
                        input("\uFEFFseries_id, step, value\r\na, 1, 5\r\na, 2, 5\r\n"),
                        "--output=" + folder.resolve("f.csv")))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(folder.resolve("f.csv"))).contains("\na,3,5,");
    }

    @Test
    void aPipeIsRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path output = folder.resolve("forecast.csv");
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, HEADER + constant("a", 0, 9, 7));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();

        assertThat(run(pipe, "--output=" + output)).as(err.toString()).isZero();
        assertThat(Files.readString(output)).contains("\na,9,7,");
    }

    @Test
    void wrongLinesAreSaidSoThatTheyCanBeMended() throws IOException {
        assertThat(messageOf("a,1,1\na,1,2\n")).contains("line 3: step 1 of a is there twice");
        assertThat(messageOf("a,2,1\na,1,2\n"))
                .contains("line 3: step 1 of a comes after step 2; sort the lines of each series by step");
        assertThat(messageOf("a,1,0x1p3\n")).contains("line 2: value must be a number or empty, not '0x1p3'");
        assertThat(messageOf("a,1,3d\n")).contains("not '3d'");
        assertThat(messageOf("a,1,1e999\n")).contains("value is too large: 1e999");
        assertThat(messageOf("a,9223372036854775806,1\n")).contains("line 2: step must be between");
        assertThat(messageOf("a,99999999999999999999,1\n")).contains("line 2: step must be between");
        assertThat(messageOf("a,-1000000000000000000,1\na,1000000000000000000,1\n"))
                .contains("line 3", "is too far from");
        assertThat(messageOf("a,1\n")).contains("3 fields are needed (series_id,step,value), there are 2 in 'a,1'");
        run(input("a,1,2\n"));
        assertThat(err.toString()).contains("line 1: the header must be series_id,step,value, not 'a,1,2'");
    }

    private String messageOf(String lines) throws IOException {
        err.getBuffer().setLength(0);
        assertThat(run(input(HEADER + lines))).isEqualTo(1);
        return err.toString();
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static String unzipped(Path file) throws IOException {
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private int run(Path input, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "forecast";
        arguments[1] = "--input=" + input;
        arguments[2] = "--horizon=3";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Ag06.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private Path input(String text) throws IOException {
        return Files.writeString(folder.resolve("series.csv"), text);
    }

    private static String constant(String id, int first, int count, int value) {
        StringBuilder lines = new StringBuilder();
        for (int step = first; step < first + count; step++) {
            lines.append(id).append(',').append(step).append(',').append(value).append('\n');
        }
        return lines.toString();
    }

    private static String daily(String id, int count) {
        StringBuilder lines = new StringBuilder();
        for (int step = 0; step < count; step++) {
            lines.append(id)
                    .append(',')
                    .append(step)
                    .append(',')
                    .append(100 + step % 24 * (step % 24))
                    .append('\n');
        }
        return lines.toString();
    }
}
