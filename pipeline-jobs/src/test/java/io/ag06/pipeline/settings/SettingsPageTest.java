package io.ag06.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of settings in docs/operations.md says what the settings records do. */
class SettingsPageTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("operations.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z.-]+)` \\| (.+?) \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @MethodSource("jobs")
    void everySettingOfTheJobIsOnThePageAndNoOther(String job, Function<List<String>, Record> read) throws IOException {
        var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> read.apply(List.of("unknown=1")));
        String told = refusal.problems().get(0);

        assertThat(rows(job).map(SettingRow::key))
                .containsExactlyInAnyOrder(told.substring(told.indexOf("there are: ") + "there are: ".length())
                        .split(", "));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theDefaultsOfThePageAreThoseOfTheJob(String job, Function<List<String>, Record> read) throws IOException {
        List<String> defaults = rows(job)
                .filter(row -> LITERAL.matcher(row.byDefault()).matches())
                .map(row -> row.key() + "=" + row.byDefault().replace("`", ""))
                .toList();

        assertThat(defaults).hasSizeGreaterThan(10);
        assertThat(read.apply(defaults)).isEqualTo(read.apply(List.of()));
    }

    static Stream<Arguments> jobs() {
        Function<List<String>, Record> archive = EventArchiveSettings::read;
        Function<List<String>, Record> signals = GoldenSignalsSettings::read;
        Function<List<String>, Record> scaling = ScalingForecastSettings::read;
        return Stream.of(
                Arguments.of("event-archive", archive),
                Arguments.of("golden-signals", signals),
                Arguments.of("scaling-forecast", scaling));
    }

    private static Stream<SettingRow> rows(String job) throws IOException {
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        return rows.results()
                .map(row -> new SettingRow(row.group(1), row.group(2), row.group(3)))
                .filter(row -> row.jobs().equals("all") || row.jobs().contains("`" + job + "`"));
    }

    private record SettingRow(String key, String byDefault, String jobs) {}
}
