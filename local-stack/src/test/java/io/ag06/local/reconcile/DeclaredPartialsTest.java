package io.ag06.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.job.Jobs;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import io.ag06.pipeline.rowbinary.PartialRowEncoder;
import io.ag06.pipeline.source.SignalInputs;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Partials;
import io.ag06.sql.Table.OffsetColumns;
import io.ag06.sql.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tables of partial aggregates declare is what their jobs do. */
class DeclaredPartialsTest {
    static List<Partials> declared() {
        return Tables.PARTIALS;
    }

    @ParameterizedTest
    @MethodSource("declared")
    void topicsAndJobsAreThereAndOffsetsAreStretches(Partials partials) {
        assertThat(partials.topics())
                .allSatisfy(topic -> assertThat(Topics.named(topic)).isPresent());
        assertThat(Jobs.named(partials.job()).jobName()).isEqualTo(partials.job());
        assertThat(partials.table().offsets()).isEqualTo(OffsetColumns.OF_PARTIALS);
    }

    @Test
    void goldenSignalsAreOfTheTopicsThatTheirJobReadsAndOfColumnsThatItWrites() {
        Partials signals = Tables.PARTIALS.get(0);

        assertThat(signals.table()).isEqualTo(Tables.GOLDEN_SIGNALS_PARTIALS);
        assertThat(signals.topics())
                .containsExactlyInAnyOrderElementsOf(
                        SignalInputs.TOPICS.stream().map(Topic::name).toList());
        assertThat(PartialRowEncoder.columnsOf(GoldenSignalsPartialRow.class))
                .containsAll(signals.key())
                .contains(signals.events());
    }
}
