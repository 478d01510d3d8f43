package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.Forecaster;
import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A series whose newest values may still be corrected. A {@link Forecaster} can't unlearn, so the one that is
 * remembered is shown a value only when that is final; forecasts are a copy's that was also shown the newest ones. The
 * copy goes on with each value, and after a correction another one is made. So a forecast is what it would be if every
 * correction had come in time. Not thread-safe.
 */
final class CorrectableSeries {
    private final Forecaster settled;
    private final Memory memory = new Memory();
    private final double[] newest;
    private final double[] held = memory.numbers(1);
    /** Has seen all values as they are known by now, unless it is outdated. */
    private final Forecaster knowing;

    private final boolean[] outdated = {true};

    private CorrectableSeries(ForecastSettings settings, int correctable, Forecaster settled) {
        this.settled = settled;
        this.knowing = new Forecaster(settings);
        this.newest = memory.numbers(correctable);
    }

    /**
     * A series without a value.
     *
     * @param correctable how many of the newest values may be corrected, at least 1
     */
    static CorrectableSeries empty(ForecastSettings settings, int correctable) {
        return new CorrectableSeries(settings, correctable, new Forecaster(settings));
    }

    /**
     * A series as it was saved.
     *
     * @param saved what {@link #save} gave, by the same correctable and any version of the forecaster
     * @param past the newest of the final values, from which a forecaster of another version than this one learns anew
     * @param layoutIsOurs whether that which saved it lays its numbers out as this one does
     */
    static CorrectableSeries restored(
            ForecastSettings settings, int correctable, double[] saved, History past, boolean layoutIsOurs) {
        int own = 1 + correctable;
        Forecaster settled = settled(settings, Arrays.copyOfRange(saved, own, saved.length), past, layoutIsOurs);
        CorrectableSeries series = new CorrectableSeries(settings, correctable, settled);
        series.memory.restore(Arrays.copyOf(saved, own));
        return series;
    }

    private static Forecaster settled(ForecastSettings settings, double[] saved, History past, boolean layoutIsOurs) {
        Forecaster anew = new Forecaster(settings);
        if (layoutIsOurs && saved.length == anew.size()) {
            return Forecaster.restored(settings, saved);
        }
        for (int ago = past.available(); ago >= 1; ago--) {
            anew.observe(past.ago(ago));
        }
        return anew;
    }

    /** All that it remembers: always as many numbers. */
    double[] save() {
        double[] own = memory.save();
        double[] numbers = settled.save();
        double[] saved = Arrays.copyOf(own, own.length + numbers.length);
        System.arraycopy(numbers, 0, saved, own.length, numbers.length);
        return saved;
    }

    /** How many values are held that are not final yet: all, until as many have come as may be corrected. */
    int held() {
        return (int) held[0];
    }

    /**
     * Adds the next value.
     *
     * @param value NaN where the step has none
     * @return the value that became final by that (NaN where its step has none): as many steps before as may be
     *     corrected; empty while there is room for all
     */
    OptionalDouble add(double value) {
        OptionalDouble settling = OptionalDouble.empty();
        if (held() == newest.length) {
            settling = OptionalDouble.of(newest[0]);
            settled.observe(newest[0]);
            System.arraycopy(newest, 1, newest, 0, newest.length - 1);
            held[0]--;
        }
        newest[held()] = value;
        held[0]++;
        if (!outdated[0]) {
            knowing.observe(value);
        }
        return settling;
    }

    /**
     * A value as it is known by now, NaN where there is none.
     *
     * @param ago 1 is the last one, at most {@link #held()}
     */
    double ago(int ago) {
        return newest[held() - ago];
    }

    /** Puts another value in its place. */
    void correct(int ago, double value) {
        newest[held() - ago] = value;
        outdated[0] = true;
    }

    /** Nobody asks for a forecast for now: until then only what is final is learned from. */
    void rest() {
        outdated[0] = true;
    }

    /** The forecast from the last value on; empty while there was none. */
    Optional<Forecast> forecast() {
        if (outdated[0]) {
            knowing.become(settled);
            for (int i = 0; i < held(); i++) {
                knowing.observe(newest[i]);
            }
            outdated[0] = false;
        }
        return knowing.hasBegun() ? Optional.of(knowing.forecast()) : Optional.empty();
    }
}
