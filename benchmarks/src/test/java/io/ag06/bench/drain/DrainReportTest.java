package io.ag06.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrainReportTest {
    private static final Usage USAGE = new Usage(3, 0.5, 1, 2, 400_000_000, 900_000_000);

    @Test
    void aRatioIsOfTheSameRound() {
        List<Round> bare = List.of(round(1), round(2), round(4));
        List<Round> own = List.of(round(2), round(2), round(5));

        DrainReport.Result result = DrainReport.Result.of(ContenderName.GOLDEN_SIGNALS, 1, own, bare);

        assertThat(result.bare()).isEqualTo("poll");
        assertThat(result.ratio()).isEqualTo(new Spread(0.5, 0.8, 1));
        assertThat(result.recordsPerSecond().median()).isCloseTo(1_000_000, within(1e-6));
    }

    @Test
    void whatARoundTookIsToldForAMillionRecords() {
        DrainReport.Result result = DrainReport.Result.of(ContenderName.POLL, 1, List.of(round(1)), null);

        assertThat(result.cpuSecondsPerMillion().median()).isEqualTo(1.5);
        assertThat(result.allocatedMbPerMillion().median()).isEqualTo(200);
        assertThat(result.peakRssMb().max()).isEqualTo(900);
    }

    @Test
    void theTextShowsEveryContenderWithItsRatio() {
        List<Round> bare = List.of(round(1));
        DrainReport report = new DrainReport(
                "drain",
                "2026-03-01T12:00:00Z",
                new DrainReport.Machine("Linux", 2, 2147, "a JVM"),
                2_000_000,
                1,
                false,
                3,
                List.of(
                        DrainReport.Result.of(ContenderName.POLL, 1, bare, null),
                        DrainReport.Result.of(ContenderName.GOLDEN_SIGNALS, 1, List.of(round(2)), bare)));

        assertThat(DrainText.of(report).lines())
                .anyMatch(line -> line.startsWith("poll ") && line.contains("2,000,000"))
                .anyMatch(line -> line.startsWith("golden-signals ") && line.contains("0.50 (0.50 .. 0.50) of poll"));
    }

    @Test
    void theMedianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0), x -> x)).isEqualTo(new Spread(1, 2.5, 4));
    }

    private static Round round(double seconds) {
        return new Round(2_000_000, seconds, seconds, USAGE);
    }
}
