package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
    private static final String HEADER = "series_id,step,value\n";

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

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
