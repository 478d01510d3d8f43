package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of metrics in docs/operations.md says what their declarations do. */
class MetricsPageTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("operations.md");

    @Test
    void thePageRepeatsTheDeclarations() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `ag06_")))
                .containsExactlyElementsOf(Arrays.stream(HealthMetric.values())
                        .map(metric -> "| `%s` | %s | %s | %s | %s |"
                                .formatted(
                                        metric.metricName(),
                                        metric.kind().name().toLowerCase(Locale.ROOT),
                                        metric.unit(),
                                        metric.meaning(),
                                        metric.whenItMoves()))
                        .toList());
    }
}
