package io.ag06.pipeline.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ScalingAction;
import org.junit.jupiter.api.Test;

class ScalingActionsTest {
    @Test
    void aDecisionIsAnActionThatIsNamedByServiceAndMinute() {
        ScalingAction action = ScalingActions.action(decision());

        assertThat(action).isEqualTo(Examples.of(ScalingAction.class, "ordinary"));
        assertThat(RecordRules.of(action.getSchema()).violation(action)).isEmpty();
    }

    private static ScalingDecisionRow decision() {
        return new ScalingDecisionRow(
                "mixer-api",
                1_772_366_460,
                110.0,
                0.58,
                20,
                false,
                0.99,
                130.0,
                150,
                6,
                8,
                "up",
                "forecast",
                "the forecast",
                true,
                8,
                4,
                6,
                6,
                0,
                6,
                6,
                0,
                12,
                12,
                0,
                6,
                1,
                1000,
                4711);
    }
}
