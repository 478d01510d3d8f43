package io.ag06.analytics.scaling.decision;

import java.util.Random;

/** Loads of a service by the minute, as they occur and as they should not. A replica carries 25 of them. */
enum SyntheticLoad {
    /** Days and weekends, and little noise. */
    CALM {
        @Override
        double value(State s) {
            return s.shape() * s.noise(0.02);
        }
    },
    /**
     * A match on three evenings of the second week, with a kick-off, a half-time and an end; two times the next day
     * too.
     */
    MATCH_DAYS {
        @Override
        double value(State s) {
            double surge = 0;
            int day = s.day();
            if (day == 8 || day == 9 || day == 12) {
                int kickOff = day == 12 ? 1085 : 1125;
                for (int part = 0; part < 3; part++) {
                    int since = s.minuteOfDay() - kickOff - 35 * part;
                    surge += since >= 0 && since < 5 ? (since == 0 || since == 4 ? 40 : 150 + 20 * part) : 0;
                }
            }
            return s.shape() * s.noise(0.02) + surge;
        }
    },
    /** Every day at the same minute a burst for ten minutes. */
    DAILY_JOB {
        @Override
        double value(State s) {
            int since = s.minuteOfDay() - 300;
            return (s.shape() + (since >= 0 && since < 10 ? 350 : 0)) * s.noise(0.03);
        }
    },
    /** The same, some minutes sooner or later. */
    ROUGHLY_DAILY_JOB {
        @Override
        double value(State s) {
            int since = s.minuteOfDay() - 300 - (s.day() * 37 % 9 - 4);
            return (s.shape() + (since >= 0 && since < 10 ? 350 : 0)) * s.noise(0.03);
        }
    },
    /** A day at a third of its load, and the next as ever. */
    HOLIDAY {
        @Override
        double value(State s) {
            return s.shape() * (s.day() == 10 ? 0.33 : 1) * s.noise(0.03);
        }
    },
    /** A day at double its load. */
    FESTIVAL {
        @Override
        double value(State s) {
            double more = s.day() == 10 ? 1 + Math.max(0, Math.sin(Math.PI * (s.minuteOfDay() - 300) / 1100.0)) : 1;
            return s.shape() * more * s.noise(0.03);
        }
    },
    /** From one minute to the next twice the load, for good. */
    LEVEL_SHIFT {
        @Override
        double value(State s) {
            return s.shape() * (s.step >= 11 * 1440 + 700 ? 2.2 : 1) * s.noise(0.03);
        }
    },
    /** Bursts at any time, some times a day. */
    BURSTS {
        @Override
        double value(State s) {
            if (s.random.nextDouble() < 4.0 / 1440) {
                s.left[0] = 3 + s.random.nextInt(8);
                s.level[0] = 100 + 300 * s.random.nextDouble();
            }
            s.left[0]--;
            return s.shape() * s.noise(0.03) + (s.left[0] >= 0 ? s.level[0] : 0);
        }
    },
    /** A random walk of the logarithm. */
    WALK {
        @Override
        double value(State s) {
            s.level[0] = 0.9997 * s.level[0] + 0.03 * s.random.nextGaussian();
            return 200 * Math.exp(s.level[0]);
        }
    },
    /** Wild noise, and nothing else. */
    NOISE {
        @Override
        double value(State s) {
            return Math.max(0, 200 * (1 + 0.35 * s.random.nextGaussian()));
        }
    },
    /** Counts of a small service. */
    SMALL {
        @Override
        double value(State s) {
            double mean = s.shape() / 8;
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * s.random.nextGaussian()));
        }
    },
    /** Nothing is measured for two hours, and zeros for another one. */
    DEAD_SENSOR {
        @Override
        double value(State s) {
            int since = s.step - (12 * 1440 + 800);
            double value = s.shape() * s.noise(0.03);
            return since >= 0 && since < 120 ? Double.NaN : since >= 600 && since < 660 ? 0 : value;
        }
    },
    /** Always the same. */
    CONSTANT {
        @Override
        double value(State s) {
            return 180;
        }
    },
    /** Steep mornings: offices open at nine. */
    OFFICE {
        @Override
        double value(State s) {
            boolean open = s.minuteOfDay() >= 540 && s.minuteOfDay() < 1050 && s.day() % 7 < 5;
            return (open ? 400 : 40) * s.noise(0.05);
        }
    },
    /** Grows by a tenth a day. */
    GROWTH {
        @Override
        double value(State s) {
            return s.shape() * Math.pow(1.1, s.step / 1440.0) * s.noise(0.03);
        }
    };

    /** A replica's. */
    static final double CAPACITY = 25;

    /** Minutes of the last week. */
    static final int WEEK = 7 * 1440;

    abstract double value(State state);

    /** Loads of so many days. */
    double[] days(int days, long seed) {
        var state = new State(new Random(31 * seed + name().hashCode()));
        double[] values = new double[days * 1440];
        for (int step = 0; step < values.length; step++) {
            state.step = step;
            values[step] = value(state);
        }
        return values;
    }

    /** What a load carries from minute to minute. */
    static final class State {
        final Random random;
        final double[] level = new double[1];
        final int[] left = new int[1];
        private int step;

        State(Random random) {
            this.random = random;
        }

        int minuteOfDay() {
            return step % 1440;
        }

        int day() {
            return step / 1440;
        }

        double shape() {
            double hours = minuteOfDay() / 60.0;
            double day = Math.sin(Math.PI * (hours - 8) / 12) + 0.35 * Math.sin(Math.PI * (hours - 3) / 6);
            return (day() % 7 < 5 ? 1 : 0.7) * (220 + 140 * day);
        }

        double noise(double size) {
            return Math.exp(size * random.nextGaussian());
        }
    }
}
