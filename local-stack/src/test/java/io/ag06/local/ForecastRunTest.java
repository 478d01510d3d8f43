package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.forecast.ForecastSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastRunTest {
    private static final ForecastSettings SETTINGS = new ForecastSettings(2, List.of());

    @TempDir
    Path folder;

    @Test
    void aSeriesThatFailsDoesNotKeepTheOthers() throws IOException {
        Path input = Files.writeString(
                folder.resolve("in.csv"), "series_id,step,value\na,1,5\na,2,5\nb,1,5\nc,1,6\nc,2,6\n");
        var run = new ForecastRun(input, series -> {
            if (series.id().equals("b")) {
                throw new IllegalStateException("no such luck");
            }
            return series.forecaster(SETTINGS);
        });

        ForecastRun.Result result = run.run(true, () -> {});
        result.writeForecasts(Optional.of(OutputFile.at(folder.resolve("out.csv"))));
        result.writeQuality(OutputFile.at(folder.resolve("quality.csv")));

        assertThat(Files.readAllLines(folder.resolve("out.csv")).stream()
                        .map(line -> line.substring(0, line.indexOf(','))))
                .containsExactly("series_id", "a", "a", "c", "c");
        assertThat(result.failure())
                .hasValue(input + ": 1 of 3 series could not be forecast (the others were): b, no such luck");
        assertThat(Files.readAllLines(folder.resolve("quality.csv")))
                .contains("b,\"it could not be forecast: no such luck\"");
    }
}
