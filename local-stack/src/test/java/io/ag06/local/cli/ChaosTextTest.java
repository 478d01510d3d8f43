package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.local.chaos.ChaosReportTest;
import org.junit.jupiter.api.Test;

/** What a person reads of a run that did not end well. */
class ChaosTextTest {
    @Test
    void whatIsLostAndAfterWhichFaultIsSaid() {
        assertThat(ChaosText.of(ChaosReportTest.lossy()))
                .contains("7 lost, 0 duplicated")
                .contains("Too slow: cycle 1 (kill_kafka, of the broker) took 185.5 s, more than 60 s.")
                .contains("Not recovered: cycle 1 (kill_kafka, of the broker): of 1000 events 993 can be read")
                .contains("7 of 1000 records are missing.");
    }

    @Test
    void whatCouldNotBeFoundOutIsNoZero() {
        assertThat(ChaosText.of(ChaosReportTest.unjudged()))
                .contains("? lost, ? duplicated; ? rows")
                .contains("Not judged: lost, duplicated: ClickHouse does not answer")
                .contains("Kafka could not be held against ClickHouse.");
    }
}
