package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.Forecaster;
import io.ag06.analytics.scaling.forecast.Quality;
import io.ag06.analytics.scaling.replay.Fleet;
import io.ag06.analytics.scaling.replay.Scaler;
import java.util.List;

/** The planner with its forecaster, for a replay: the same two, used in the same way, as in the scaling job. */
public final class PlannedScaler implements Scaler {
    /** Minutes are forecast for an hour ahead, with the seasons of a day and a week. */
    public static final ForecastSettings MINUTES = new ForecastSettings(60, List.of(1440, 10_080));

    private static final double[] NO_FORECAST = {};

    private final Forecaster forecaster = new Forecaster(MINUTES);
    private final CapacityPlanner planner;

    /** Has seen nothing. */
    public PlannedScaler(ScalingSettings settings) {
        this.planner = new CapacityPlanner(settings);
    }

    @Override
    public void learn(double load) {
        decide(Seen.load(load));
    }

    @Override
    public int wanted(double load, Fleet fleet) {
        return decide(Seen.of(load, fleet)).desired();
    }

    /** The decision at the end of a minute. */
    public Decision decide(Seen seen) {
        forecaster.observe(seen.load());
        return forecaster.hasBegun()
                ? planner.decide(seen, forecaster.means(), isSure(forecaster.quality()))
                : planner.decide(seen, NO_FORECAST, false);
    }

    /** Whether a forecast can be decided by: it knows its own errors, and its sensor does not seem dead. */
    public static boolean isSure(Quality quality) {
        return quality.calibrated() && quality.sameAtEnd() == 0;
    }
}
