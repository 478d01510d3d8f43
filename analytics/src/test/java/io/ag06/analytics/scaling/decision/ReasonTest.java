package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    @ParameterizedTest
    @EnumSource
    void everyReasonIsInTheTableOfTheDocumentation(Reason reason) throws IOException {
        assertThat(Files.readString(Path.of("../docs/scaling.md")))
                .contains("| `%s` | %s |".formatted(reason.name().toLowerCase(Locale.ROOT), reason.words()));
    }
}
