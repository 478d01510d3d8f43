package io.ag06.analytics.scaling.forecast;

import java.util.Random;

/** Series of many kinds, made from a seed: what load, and what is not load at all, may look like. */
enum SyntheticSeries {
    /** Demand of a region: a level that wanders slowly, days, and weekends of another shape. */
    DEMAND {
        @Override
        double value(State s) {
            s.wander(0.99, 0.14);
            double shape = s.weekend() ? 0.6 * s.day() - 0.5 : s.day();
            return s.size * (6 + shape + 0.4 * s.level[0] + 0.12 * s.carried[0]);
        }
    },
    /** Something that the sun makes: smooth, its days drift with the year, rounded to a tenth. */
    DAYLIGHT {
        @Override
        double value(State s) {
            double days = s.step / (double) s.season;
            double size = 1 + 0.3 * Math.sin(2 * Math.PI * days / 200 + s.phase);
            double value = 15 + 3 * size * s.day() + 0.1 * days + 0.3 * Math.sin(days / 9 + s.phase);
            return Math.round(10 * (value + 0.02 * s.noise())) / 10.0;
        }
    },
    /** A saw whose period is no season and drifts. */
    SAW {
        @Override
        double value(State s) {
            double days = s.step / (double) s.season;
            s.level[0] += 2.4 / s.season / (1 + 0.1 * Math.sin(2 * Math.PI * days / 60 + s.phase));
            double part = s.level[0] - Math.floor(s.level[0]);
            double value = 20 + 6 * (1 - Math.exp(-4 * part)) + 3 * Math.sin(2 * Math.PI * days / 50);
            return Math.round(10 * (value + 0.1 * s.noise())) / 10.0;
        }
    },
    /** Counts whose mean has days, weekends, and days of its own mind. */
    COUNTS {
        @Override
        double value(State s) {
            double log = 2.5 + 0.55 * s.day() + (s.weekend() ? -0.6 : 0) + 0.25 * s.mood[0] + 0.2 * s.carried[0];
            return s.count(Math.exp(log));
        }
    },
    /** Levels that multiply and last for hours, with weak days. */
    POLLUTION {
        @Override
        double value(State s) {
            return Math.round(Math.exp(3.3 + 0.2 * s.day() + 0.15 * s.dayOfWeek() + 0.6 * s.carried[0]));
        }
    },
    /** Requests to a growing site, with campaigns that fade. */
    WEB {
        @Override
        double value(State s) {
            s.level[0] += 0.012 / s.season;
            if (s.happens(0.05)) {
                s.carried[0] += 3;
            }
            double log = 0.5 * s.day() + (s.weekend() ? -0.3 : 0) + s.level[0] + 0.1 * s.carried[0] + 0.08 * s.mood[0];
            return 10 * s.size * Math.exp(log);
        }
    },
    /** Mostly zeros. */
    INTERMITTENT {
        @Override
        double value(State s) {
            boolean any = s.random.nextDouble() < 0.15 + 0.25 * Math.max(0, s.day());
            return any ? Math.ceil(-3 * Math.log(s.random.nextDouble())) : 0;
        }
    },
    /** A level that jumps now and then. */
    SHIFTS {
        @Override
        double value(State s) {
            if (s.happens(0.1)) {
                s.level[0] = 2.4 * s.noise();
            }
            return s.size * (12 + s.day() + 0.4 * s.dayOfWeek() + s.level[0] + 0.2 * s.carried[0]);
        }
    },
    /** Single values that are four times too large, or missing as zeros. */
    OUTLIERS {
        @Override
        double value(State s) {
            double value = s.size * (8 + s.day() + 0.5 * s.dayOfWeek() + 0.25 * s.noise());
            double chance = s.random.nextDouble();
            return chance < 0.006 ? 4 * value : chance < 0.012 ? 0 : value;
        }
    },
    /** Growth that compounds, with days that grow along. */
    GROWTH {
        @Override
        double value(State s) {
            double log = 0.02 * s.step / s.season + 0.4 * s.day() + 0.1 * s.dayOfWeek();
            return s.size * Math.exp(log + 0.06 * s.noise() + 0.05 * s.carried[0]);
        }
    },
    /** A random walk with days on it. */
    WALK {
        @Override
        double value(State s) {
            s.level[0] += 0.25 * s.noise() * Math.sqrt(24.0 / s.season);
            return s.size * (10 + s.day() + s.level[0]);
        }
    },
    /** Noise, and nothing else. */
    NOISE {
        @Override
        double value(State s) {
            return s.size * (5 + s.noise());
        }
    },
    /** Match days and holidays: days that are nearly twice or half the others, without notice. */
    EVENTS {
        @Override
        double value(State s) {
            if (s.phaseOfDay() == 0) {
                s.level[0] = s.random.nextDouble() >= 0.1 ? 0 : s.random.nextBoolean() ? 0.8 : -0.7;
            }
            boolean open = s.phaseOfDay() > s.season / 3 && s.phaseOfDay() < 0.8 * s.season;
            double log = 1.5 + 0.5 * s.day() + (s.weekend() ? -0.3 : 0) + s.level[0] * (open ? 1 : 0.2);
            return s.size * Math.exp(log + 0.07 * s.carried[0]);
        }
    },
    /** Days whose shape becomes another one. */
    SHAPE {
        @Override
        double value(State s) {
            double part = Math.min(1, s.step / 40.0 / s.season);
            double shape = (1 - part) * s.day() + part * s.otherDay();
            return s.size * (6 + shape + 0.3 * s.dayOfWeek() + 0.2 * s.carried[0]);
        }
    },
    /** Counts by day, zeros by night. */
    NIGHTS {
        @Override
        double value(State s) {
            boolean open = s.phaseOfDay() > s.season / 3 && s.phaseOfDay() < 0.85 * s.season;
            double log = 3 + 0.5 * s.day() + (s.weekend() ? -0.7 : 0) + 0.2 * s.mood[0];
            return open ? s.count(Math.exp(log)) : 0;
        }
    },
    /** Jobs at fixed times: a peak each day, another each week. */
    PEAKS {
        @Override
        double value(State s) {
            boolean daily = s.phaseOfDay() == s.season / 4 || s.phaseOfDay() == s.season / 4 + 1;
            boolean weekly = s.dayNumber() % 7 == 2 && s.phaseOfDay() == s.season / 2;
            double peaks = (daily ? 6 : 0) + (weekly ? 8 : 0);
            return s.size * (3 + 0.3 * s.day() + peaks + 0.25 * Math.abs(s.noise()));
        }
    };

    abstract double value(State state);

    /**
     * A series.
     *
     * @param length values
     * @param season steps of a day
     */
    double[] values(int length, int season, long seed) {
        var state = new State(season, new Random(31 * seed + name().hashCode()));
        double[] values = new double[length];
        for (int step = 0; step < length; step++) {
            state.step = step;
            state.next();
            values[step] = value(state);
        }
        return values;
    }

    /** What a series carries from step to step. */
    static final class State {
        final int season;
        final Random random;
        final double size;
        final double phase;
        final double[] level = new double[1];
        final double[] carried = new double[1];
        final double[] mood = new double[1];
        private final double[] shape;
        private final double[] otherShape;
        private final double[] daysOfWeek;
        private final int firstDayOff;
        private int step;

        State(int season, Random random) {
            this.season = season;
            this.random = random;
            this.size = 50 * Math.exp(2 * random.nextGaussian());
            this.phase = 6 * random.nextDouble();
            this.shape = shape();
            this.otherShape = shape();
            this.daysOfWeek = random.doubles(7, -1.7, 1.7).toArray();
            this.firstDayOff = random.nextInt(7);
        }

        private double[] shape() {
            double[] sum = new double[season];
            for (int wave = 1; wave <= 4; wave++) {
                double sine = random.nextGaussian() / wave;
                double cosine = random.nextGaussian() / wave;
                for (int i = 0; i < season; i++) {
                    double angle = 2 * Math.PI * wave * i / season;
                    sum[i] += sine * Math.sin(angle) + cosine * Math.cos(angle);
                }
            }
            return sum;
        }

        private void next() {
            double kept = Math.pow(0.95, 24.0 / season);
            carried[0] = kept * carried[0] + Math.sqrt(1 - kept * kept) * noise();
            if (phaseOfDay() == 0) {
                mood[0] = 0.6 * mood[0] + 0.8 * noise();
            }
        }

        double noise() {
            return random.nextGaussian();
        }

        /** Something that happens so often in a day. */
        boolean happens(double timesADay) {
            return random.nextDouble() < timesADay / season;
        }

        void wander(double keptInAnHour, double size) {
            double hours = 24.0 / season;
            level[0] = Math.pow(keptInAnHour, hours) * level[0] + size * Math.sqrt(hours) * noise();
        }

        double count(double mean) {
            if (mean > 50) {
                return Math.max(0, Math.round(mean + Math.sqrt(mean) * noise()));
            }
            double product = random.nextDouble();
            int count = 0;
            while (product > Math.exp(-mean)) {
                product *= random.nextDouble();
                count++;
            }
            return count;
        }

        int phaseOfDay() {
            return step % season;
        }

        int dayNumber() {
            return step / season;
        }

        double day() {
            return shape[phaseOfDay()];
        }

        double otherDay() {
            return otherShape[phaseOfDay()];
        }

        double dayOfWeek() {
            return daysOfWeek[dayNumber() % 7];
        }

        boolean weekend() {
            return (dayNumber() + firstDayOff) % 7 < 2;
        }
    }
}
