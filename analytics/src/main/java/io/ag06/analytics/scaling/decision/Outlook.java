package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;

/**
 * The load of the next minutes, as far as replicas wanted now can serve before those wanted later: what asks for how
 * much. It learns from each minute how far forecasts are off, how fast the load usually rises, and when it surged.
 */
final class Outlook {
    /** A load may be so much above what was last seen before one has to learn of it: the reactive rule's least room. */
    static final double LEAST_ROOM = 1.3;

    private static final int MINUTES_HELD = 5;
    private static final int QUARTER = 15;
    /** How many minutes a surge leaves a service short that has not provided for it. */
    private static final double MINUTES_SHORT = 3;

    private static final double MODEST_SHARE = 0.9;
    private static final double RISE_SHARE = 0.998;
    private static final double LEAST_RISE = 1.05;
    private static final double LARGEST_GROWTH = 2;

    private final int lead;
    private final double quantile;
    private final double fullRoom;
    private final ForecastErrors errors;
    private final ForecastErrors rises;
    private final Surges surges;
    private final History loads;
    private final History forecasts;

    /** @param fullRoom that of the reactive rule: how far it leaves a load to rise, as a ratio */
    Outlook(Memory memory, ScalingSettings settings, double fullRoom) {
        this.lead = settings.leadMinutes();
        this.quantile = settings.prices().quantile();
        this.fullRoom = fullRoom;
        this.errors = new ForecastErrors(memory, fullRoom);
        this.rises = new ForecastErrors(memory, LEAST_RISE);
        this.surges = new Surges(memory);
        this.loads = new History(memory, lead + MINUTES_HELD);
        this.forecasts = new History(memory, lead);
    }

    /**
     * Takes in a minute.
     *
     * @param load NaN where it was not measured
     * @param forecast the largest load forecast at its end for the next minutes; NaN where there is no forecast
     */
    void observe(long minute, double load, double forecast) {
        boolean surge = false;
        if (!Double.isNaN(load)) {
            if (loads.size() >= lead) {
                surge = isSurge(load);
            }
            if (loads.size() > 0 && loads.ago(1) > 0 && load > 0) {
                rises.learn(load / loads.ago(1));
            }
        }
        surges.observe(minute, load, surge);
        loads.add(load);
        forecasts.add(forecast);
    }

    /** Whether a load is far above all that was known when replicas for it could still start; if not it teaches. */
    private boolean isSurge(double load) {
        double forecast = forecasts.ago(lead);
        double known = Math.max(Double.isNaN(forecast) ? 0 : forecast, largest(lead, lead + MINUTES_HELD - 1));
        double came = Math.max(load, largest(1, lead - 1));
        if (forecast > 0 && came <= fullRoom * known) {
            errors.learn(came / forecast);
        }
        return known > 0 && load > LEAST_ROOM * known;
    }

    /** The largest of some of the last loads; 0 where none of them is known. */
    private double largest(int from, int to) {
        double largest = 0;
        for (int ago = from; ago <= Math.min(to, loads.size()); ago++) {
            largest = loads.ago(ago) > largest ? loads.ago(ago) : largest;
        }
        return largest;
    }

    /**
     * The load that the forecast expects, with little room: what is provided for even where nothing is left to spend.
     */
    Wish expected() {
        double forecast = forecasts.ago(1);
        double load = Double.isNaN(forecast) ? 0 : forecast * Math.max(1, errors.quantile(MODEST_SHARE));
        return new Wish(load, Reason.FORECAST);
    }

    /** The load as it usually goes on, from what was forecast and from what was seen. */
    Wish ordinary(double room) {
        double forecast = forecasts.ago(1);
        double recent = largest(1, MINUTES_HELD);
        if (Double.isNaN(forecast)) {
            return new Wish(recent * fullRoom, Reason.UNSURE);
        }
        Wish seen = new Wish(recent * room, Reason.REACTIVE);
        return seen.or(new Wish(forecast * Math.max(1, errors.quantile(quantile)), Reason.FORECAST));
    }

    /** The peak of a surge that may come again. */
    Wish recurrence(long minute) {
        double leastChance = (1 - quantile) * QUARTER / MINUTES_SHORT;
        return new Wish(fullRoom * surges.likelyPeak(minute, lead, leastChance), Reason.RECURRENCE);
    }

    /** Where the load rises as it hardly ever did: where it gets to if that goes on. */
    Wish surge() {
        double rise = loads.size() > 1 && loads.ago(2) > 0 ? loads.ago(1) / loads.ago(2) : 0;
        if (rise > LEAST_RISE && rise > rises.quantile(RISE_SHARE)) {
            double growth = Math.min(LARGEST_GROWTH, Math.pow(rise, lead));
            return new Wish(fullRoom * growth * loads.ago(1), Reason.SURGE);
        }
        return new Wish(0, Reason.SURGE);
    }
}
