package io.ag06.pipeline.operator.scaling;

import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingRow;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Takes the decisions that change the number of replicas out of all that is announced. Keeps no state. */
public final class Changes implements FlatMapFunction<ScalingRow, ScalingDecisionRow> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(ScalingRow row, Collector<ScalingDecisionRow> changes) {
        if (row.decision() != null
                && row.decision().desiredReplicas() != row.decision().currentReplicas()) {
            changes.collect(row.decision());
        }
    }
}
