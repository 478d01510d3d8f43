package io.ag06.pipeline.row;

/**
 * A row of one of the scaling job's tables. Exactly one of the three is there: Flink serialises a record with absent
 * parts by itself, which it does not do for an interface.
 *
 * @param forecast or null (so the next two)
 */
public record ScalingRow(ScalingForecastRow forecast, ForecastAccuracyRow accuracy, ScalingDecisionRow decision) {
    public static ScalingRow of(ScalingForecastRow forecast) {
        return new ScalingRow(forecast, null, null);
    }

    public static ScalingRow of(ForecastAccuracyRow accuracy) {
        return new ScalingRow(null, accuracy, null);
    }

    public static ScalingRow of(ScalingDecisionRow decision) {
        return new ScalingRow(null, null, decision);
    }
}
