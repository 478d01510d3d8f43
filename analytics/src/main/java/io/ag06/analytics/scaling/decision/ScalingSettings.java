package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.replay.Fleet;

/**
 * What decisions are made by.
 *
 * @param capacity load that a replica can carry in a minute, above 0: what is gone by until it is learned
 * @param startupMinutes whole minutes that a replica starts for, 0..60
 * @param intervalMinutes minutes from one decision to the next, 1..60
 * @param bounds how many replicas there may be, and how many more or fewer at once
 * @param prices what is saved and what is risked
 */
public record ScalingSettings(double capacity, int startupMinutes, int intervalMinutes, Bounds bounds, Prices prices) {
    private static final int LONGEST_MINUTES = 60;

    /**
     * How many replicas there may be.
     *
     * @param fewest at least 1
     * @param most at least the fewest
     * @param mostMore at once, at least 1
     * @param mostFewer at once, at least 1
     */
    public record Bounds(int fewest, int most, int mostMore, int mostFewer) {
        public Bounds {
            require(
                    fewest >= 1 && most >= fewest,
                    "Replicas are between a fewest of 1 or more and a most, not %d and %d".formatted(fewest, most));
            require(
                    mostMore >= 1 && mostFewer >= 1,
                    "A step is 1 replica or more, not %d up and %d down".formatted(mostMore, mostFewer));
        }

        /** Those of a replay: 1 to 1000, steps of any size. */
        public static Bounds standard() {
            return new Bounds(Fleet.FEWEST, Fleet.MOST, Fleet.MOST, Fleet.MOST);
        }
    }

    /**
     * Prices, in any one currency.
     *
     * @param replicaHour of a replica for an hour, above 0
     * @param shortMinute of a minute in which one replica was missing, above 0: so much is lost, or owed, when load
     *     that one more replica would have carried is not
     */
    public record Prices(double replicaHour, double shortMinute) {
        private static final double MINUTES_PER_HOUR = 60;

        public Prices {
            require(
                    replicaHour > 0 && shortMinute > 0 && Double.isFinite(replicaHour + shortMinute),
                    "Prices are numbers above 0, not %s and %s".formatted(replicaHour, shortMinute));
        }

        /** A missing minute costs as much as five hours of a replica. */
        public static Prices standard() {
            return new Prices(1, 5);
        }

        /**
         * The share of minutes whose load is to be carried: with c = the price of a replica for a minute and s = the
         * price of a minute in which it was missing, one replica more is worth it as long as the chance that it is
         * needed is above c / (s + c), so the quantile of the load to provide for is s / (s + c) (the newsvendor's
         * critical ratio: Arrow, Harris, Marschak: "Optimal inventory policy", Econometrica 19, 1951).
         */
        public double quantile() {
            return quantile(1);
        }

        /** The same where a replica is worth so many times its price. */
        double quantile(double scarcity) {
            return shortMinute / (shortMinute + scarcity * replicaHour / MINUTES_PER_HOUR);
        }
    }

    public ScalingSettings {
        require(
                capacity > 0 && Double.isFinite(capacity),
                "A replica's capacity is a number above 0, not %s".formatted(capacity));
        require(
                startupMinutes >= 0 && startupMinutes <= LONGEST_MINUTES,
                "Replicas start for 0 to %d minutes, not %d".formatted(LONGEST_MINUTES, startupMinutes));
        require(
                intervalMinutes >= 1 && intervalMinutes <= LONGEST_MINUTES,
                "A decision is made every 1 to %d minutes, not %d".formatted(LONGEST_MINUTES, intervalMinutes));
    }

    /** Those of a replay. */
    public static ScalingSettings standard(double capacity) {
        return new ScalingSettings(capacity, Fleet.STARTUP_MINUTES, 1, Bounds.standard(), Prices.standard());
    }

    /** The same with other prices. */
    public ScalingSettings withPrices(Prices others) {
        return new ScalingSettings(capacity, startupMinutes, intervalMinutes, bounds, others);
    }

    /** Minutes from the one that ends to the last that a decision answers for: a later one can still serve the next. */
    public int leadMinutes() {
        return startupMinutes + intervalMinutes;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
