package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;

/**
 * The load of the next minutes, as far as replicas wanted now can serve before those wanted later: what asks for how
 * much. It learns from each minute how far forecasts are off, and when the load surged or fell.
 */
final class Outlook {
    /** How far a load may rise above what is expected before one has to learn of it, where little is left to spend. */
    static final double LEAST_ROOM = 1.2;

    private static final int MINUTES_HELD = 5;
    private static final int QUARTER = 15;
    /** How many minutes a surge leaves a service short that has not provided for it. */
    private static final double MINUTES_SHORT = 3;

    /** A load so many times above all that was known of it is a surge, */
    private static final double SURGE = 1.3;
    /** and one so many times below it a fall, */
    private static final double FALL = 2;
    /** unless this is what the load usually does: errors so many times as large as 49 of 50 are. */
    private static final double USUAL_SHARE = 0.98;

    private static final double BEYOND_USUAL = 1.2;

    private static final double MODEST_SHARE = 0.9;

    /** So many forecasts have to be held against what came before anything is told by them. */
    private static final int FEWEST_HELD = 20;

    private final int lead;
    private final ScalingSettings.Prices prices;
    private final double fullRoom;
    private final ForecastErrors errors;
    private final Surges surges;
    private final History loads;
    private final History forecasts;
    private final double[] held;

    /** @param fullRoom that of the reactive rule: how far it leaves a load to rise, as a ratio */
    Outlook(Memory memory, ScalingSettings settings, double fullRoom) {
        this.lead = settings.leadMinutes();
        this.prices = settings.prices();
        this.fullRoom = fullRoom;
        this.errors = new ForecastErrors(memory, fullRoom);
        this.surges = new Surges(memory);
        this.loads = new History(memory, lead + MINUTES_HELD);
        this.forecasts = new History(memory, lead);
        this.held = memory.numbers(1);
    }

    /**
     * Takes in a minute.
     *
     * @param load NaN where it was not measured
     * @param forecast the largest load forecast at its end for the next minutes; NaN where there is no forecast
     */
    void observe(long minute, double load, double forecast) {
        double peak = 0;
        if (!Double.isNaN(load) && loads.size() >= lead) {
            learn(load);
            peak = peak(load);
        }
        surges.observe(minute, peak, peak > 0);
        loads.add(load);
        forecasts.add(forecast);
    }

    /** A load is another one than was taken in; where it is not remembered any more, nothing follows from that. */
    void correct(int ago, double load) {
        if (ago <= loads.available()) {
            loads.correct(ago, load);
        }
    }

    private void learn(double load) {
        double forecast = forecasts.ago(lead);
        held[0] += Double.isNaN(forecast) ? 0 : 1;
        if (forecast > 0) {
            errors.learn(Math.max(load, largest(1, lead - 1)) / forecast);
        }
    }

    /** Whether forecasts of the next minutes were held against what came often enough, and there is one now. */
    boolean isTold() {
        return held[0] >= FEWEST_HELD && !Double.isNaN(forecasts.ago(1));
    }

    /**
     * The load itself, where it is far above all that was known when replicas for it could still start; what there was
     * before, where it is far below; else 0.
     */
    private double peak(double load) {
        double forecast = forecasts.ago(lead);
        double usual = BEYOND_USUAL * errors.quantile(USUAL_SHARE);
        int furthest = lead + MINUTES_HELD - 1;
        double most = Math.max(Double.isNaN(forecast) ? 0 : forecast, largest(lead, furthest));
        if (most > 0 && load > Math.max(SURGE, usual) * most) {
            return load;
        }
        double least = Double.isNaN(forecast) ? Double.POSITIVE_INFINITY : forecast;
        for (int ago = lead; ago <= Math.min(furthest, loads.size()); ago++) {
            least = loads.ago(ago) < least ? loads.ago(ago) : least;
        }
        return Double.isFinite(least) && load * Math.max(FALL, usual) < least ? largest(1, furthest) : 0;
    }

    /** The largest of some of the last loads; 0 where none of them is known. */
    private double largest(int from, int to) {
        double largest = 0;
        for (int ago = from; ago <= Math.min(to, loads.size()); ago++) {
            largest = loads.ago(ago) > largest ? loads.ago(ago) : largest;
        }
        return largest;
    }

    /** The mean of the last loads; 0 where none of them is known. */
    private double level() {
        double sum = 0;
        int known = 0;
        for (int ago = 1; ago <= Math.min(MINUTES_HELD, loads.size()); ago++) {
            if (!Double.isNaN(loads.ago(ago))) {
                sum += loads.ago(ago);
                known++;
            }
        }
        return known == 0 ? 0 : sum / known;
    }

    /**
     * The load that the forecast expects, with little room: what is provided for even where nothing is left to spend.
     */
    Wish expected() {
        double forecast = forecasts.ago(1);
        return new Wish(forecast * Math.max(1, errors.quantile(MODEST_SHARE)), Reason.FORECAST);
    }

    /**
     * The load as it usually goes on, from what was forecast and from what was seen. Asked for where there is a
     * forecast.
     *
     * @param room how far it may rise, as a ratio
     * @param scarcity how many times its price a replica is worth, 1 or more
     */
    Wish ordinary(double room, double scarcity) {
        double forecast = forecasts.ago(1);
        double usual = Math.max(1, errors.quantile(prices.quantile(scarcity)));
        double rise = Math.max(usual, room);
        Wish seen = new Wish(level() * rise, Reason.REACTIVE);
        double before = forecasts.size() > 1 ? forecasts.ago(2) : Double.NaN;
        if (loads.ago(1) > before * usual) {
            seen = seen.or(new Wish(loads.ago(1) * room, Reason.REACTIVE));
        }
        return new Wish(forecast * rise, Reason.FORECAST).or(seen);
    }

    /**
     * The peak of a surge that may come again, or what there was before a fall.
     *
     * @param scarcity how many times its price a replica is worth, 1 or more
     */
    Wish recurrence(long minute, double scarcity) {
        double leastChance = (1 - prices.quantile(scarcity)) * QUARTER / MINUTES_SHORT;
        return new Wish(fullRoom * surges.likelyPeak(minute, lead, leastChance), Reason.RECURRENCE);
    }
}
