package io.ag06.local.cli;

import io.ag06.local.deadletters.LetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters, beside their topic. */
final class LetterOptions {
    @Option(names = "--stage", paramLabel = "STAGE", description = "Refused at this stage: decode, rules or store.")
    private String stage;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Since.class,
            description = "Refused since: 30s, 10m, 2h or 7d ago, or a time such as 2026-03-01T12:00:00Z.")
    private Instant since;

    /** @param topic with or without {@code ag06.}, or null for any */
    LetterFilter with(String topic) {
        return new LetterFilter(
                Optional.ofNullable(topic).map(LetterFilter::topicNamed),
                Optional.ofNullable(stage),
                Optional.ofNullable(since));
    }

    /** A time, or how long ago it was. */
    static final class Since implements ITypeConverter<Instant> {
        private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");
        private static final Map<String, Duration> UNITS = Map.of(
                "s", Duration.ofSeconds(1),
                "m", Duration.ofMinutes(1),
                "h", Duration.ofHours(1),
                "d", Duration.ofDays(1));

        @Override
        public Instant convert(String text) {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                return Instant.now().minus(UNITS.get(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'%s' is neither a time such as 2026-03-01T12:00:00Z nor one ago, such as 2h".formatted(text));
            }
        }
    }
}
