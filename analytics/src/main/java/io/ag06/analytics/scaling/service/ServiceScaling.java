package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.decision.CapacityPlanner;
import io.ag06.analytics.scaling.decision.Decision;
import io.ag06.analytics.scaling.decision.PlannedScaler;
import io.ag06.analytics.scaling.decision.ScalingSettings;
import io.ag06.analytics.scaling.decision.Seen;
import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.ForecastStep;
import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One service, minute after minute. Each minute is closed once, in order, and what is announced then is not taken back.
 * What is heard later of a minute corrects what will be announced, as long as the minute is among the last
 * {@value #CORRECTABLE_MINUTES}. Results depend on what was heard before a minute was closed, in no order.
 *
 * <p>A minute of which nothing was heard has no load where the service sends readings of its replicas, since it may be
 * that only the readings fail; a service that never sent any has none to send, and its load was 0. Nor has a minute one
 * in which readings tell of replicas that are busy with requests that were not heard.
 */
public final class ServiceScaling {
    /** How many hours ahead hours are forecast. */
    public static final int HOURS_AHEAD = 48;

    /** How many of the minutes that were announced may still be corrected. */
    public static final int CORRECTABLE_MINUTES = 15;

    /**
     * A service is silent when it was not heard for as long as it had been known, but for this many minutes at least.
     */
    public static final int FEWEST_SILENT_MINUTES = 60;

    /** And for this many at most. */
    public static final int MOST_SILENT_MINUTES = 1440;

    /** What is asked of the forecaster of minutes: what a replay of decisions asks of it, too. */
    public static final ForecastSettings MINUTES = PlannedScaler.MINUTES;

    /** What is asked of the forecaster of hours: the shapes of a day and of a week. */
    public static final ForecastSettings HOURS = new ForecastSettings(HOURS_AHEAD, List.of(24, 168));

    private static final double[] NO_FORECAST = {};
    private static final int LAYOUT = 2;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int MINUTES_PER_DAY = 1440;
    private static final int HOURS_PER_DAY = 24;
    /** Corrections reach back less than an hour, so they meet the last hour at most. */
    private static final int CORRECTABLE_HOURS = 1;

    private static final List<Integer> MINUTES_JUDGED = List.of(1, 5, 15, 30, 60);
    private static final List<Integer> HOURS_JUDGED = List.of(1, 6, 12, 24, 48);
    private static final int PAST_MINUTES = 2 * MINUTES_PER_DAY;
    private static final int PAST_HOURS = 6 * 168;

    private static final int BEGAN = 0;
    private static final int ANNOUNCED = 1;
    private static final int HEARD = 2;
    private static final int EVENTS = 3;
    private static final int MEASURING = 4;
    private static final int NUMBERS = 5;

    private final double[] numbers = new double[NUMBERS];
    private final Memory pastMinutes = new Memory();
    private final Memory pastHours = new Memory();
    private final History minuteValues = new History(pastMinutes, PAST_MINUTES);
    private final History hourValues = new History(pastHours, PAST_HOURS);
    private final LostRequests lostRequests = new LostRequests();
    private final HourSums hourSums = new HourSums();
    private final ForecastScores minuteScores =
            new ForecastScores(MINUTES_JUDGED, CORRECTABLE_MINUTES, MINUTES_PER_HOUR, MINUTES_PER_DAY, minuteValues);
    private final ForecastScores hourScores =
            new ForecastScores(HOURS_JUDGED, CORRECTABLE_HOURS, HOURS_PER_DAY, HOURS_PER_DAY, hourValues);
    private final CorrectableSeries minutes;
    private final CorrectableSeries hours;
    private final CapacityPlanner planner;

    private ServiceScaling(long first, ScalingSettings settings) {
        this.minutes = CorrectableSeries.empty(MINUTES, CORRECTABLE_MINUTES);
        this.hours = CorrectableSeries.empty(HOURS, CORRECTABLE_HOURS);
        this.planner = new CapacityPlanner(settings);
        numbers[BEGAN] = first;
        numbers[ANNOUNCED] = first - 1.0;
        numbers[HEARD] = first - 1.0;
    }

    private ServiceScaling(ServiceMemory memory, ScalingSettings settings) {
        numbers[BEGAN] = memory.began();
        numbers[ANNOUNCED] = memory.announced();
        numbers[HEARD] = memory.heard();
        numbers[EVENTS] = memory.events();
        numbers[MEASURING] = memory.measuring() ? 1 : 0;
        lostRequests.restore(memory.lostRequests());
        hourSums.restore(memory.hourSums());
        minuteScores.restore(memory.minuteScores());
        hourScores.restore(memory.hourScores());
        pastMinutes.restore(memory.pastMinutes());
        pastHours.restore(memory.pastHours());
        boolean ours = memory.layout() == LAYOUT;
        this.minutes = CorrectableSeries.restored(MINUTES, CORRECTABLE_MINUTES, memory.minutes(), minuteValues, ours);
        this.hours = CorrectableSeries.restored(HOURS, CORRECTABLE_HOURS, memory.hours(), hourValues, ours);
        CapacityPlanner anew = new CapacityPlanner(settings);
        this.planner = ours && memory.planner().length == anew.size()
                ? CapacityPlanner.restored(settings, memory.planner())
                : anew;
    }

    /**
     * A service of which nothing is known.
     *
     * @param first the minute that will be closed first, minutes since the epoch
     * @param settings by which is decided
     */
    public static ServiceScaling beginningAt(long first, ScalingSettings settings) {
        return new ServiceScaling(first, settings);
    }

    /**
     * A service as it was remembered. Where that was by a version with other forecasters, they learn anew from the
     * past; where it was with settings that make the planner remember other things, it begins anew.
     */
    public static ServiceScaling restored(ServiceMemory memory, ScalingSettings settings) {
        return new ServiceScaling(memory, settings);
    }

    /** All that there is to remember. */
    public ServiceMemory save() {
        return new ServiceMemory(
                LAYOUT,
                (long) numbers[BEGAN],
                announced(),
                heard(),
                (long) numbers[EVENTS],
                numbers[MEASURING] != 0,
                lostRequests.save(),
                minutes.save(),
                hours.save(),
                hourSums.save(),
                minuteScores.save(),
                hourScores.save(),
                pastMinutes.save(),
                pastHours.save(),
                planner.save());
    }

    /** The last minute that was announced, minutes since the epoch. */
    public long announced() {
        return (long) numbers[ANNOUNCED];
    }

    /** The last minute of which an event was heard. */
    public long heard() {
        return (long) numbers[HEARD];
    }

    /** Whether it was not heard for so long that nothing is announced, until it is heard again. */
    public boolean isSilent() {
        long known = heard() - (long) numbers[BEGAN] + 1;
        return announced() - heard() >= Math.max(FEWEST_SILENT_MINUTES, Math.min(MOST_SILENT_MINUTES, known));
    }

    /**
     * Takes in what was heard of a minute after it was announced.
     *
     * @param minute that one, minutes since the epoch
     * @return whether it was in time to correct anything
     */
    public boolean correct(long minute, MinuteLoad late) {
        hear(minute, late);
        long ago = announced() - minute + 1;
        if (ago > minutes.held()) {
            return false;
        }
        double before = minutes.ago((int) ago);
        double after = (Double.isFinite(before) ? before : 0) + late.requests();
        minutes.correct((int) ago, after);
        planner.correct((int) ago, after);
        if (hourOf(minute) == hourOf(announced() + 1)) {
            hourSums.correctRunning(before, after);
        } else {
            hours.correct(1, hourSums.correctLast(before, after));
        }
        return true;
    }

    private void hear(long minute, MinuteLoad load) {
        numbers[EVENTS] += load.events();
        if (load.events() > 0) {
            numbers[HEARD] = Math.max(numbers[HEARD], (double) minute);
        }
        if (load.readings() > 0) {
            numbers[MEASURING] = 1;
        }
    }

    /**
     * Closes the minute after the last one that was announced.
     *
     * @param load what was heard of it, {@link MinuteLoad#NONE} where that is nothing
     */
    public Announcement close(MinuteLoad load) {
        numbers[ANNOUNCED]++;
        long minute = announced();
        hear(minute, load);
        if (isSilent()) {
            minutes.rest();
        }
        boolean measured = (load.events() > 0 || numbers[MEASURING] == 0) && !lostRequests.in(load);
        double value = measured ? load.requests() : Double.NaN;

        OptionalDouble finalMinute = minutes.add(value);
        List<Score> ofMinutes = finalMinute.isPresent()
                ? minuteScores.settled(minute - CORRECTABLE_MINUTES, finalMinute.getAsDouble())
                : List.of();
        hourSums.add(value);
        boolean hourEnds = hourOf(minute + 1) != hourOf(minute);
        List<Score> ofHours = hourEnds ? endHour(hourOf(minute)) : List.of();

        Optional<Forecast> ahead = isSilent() ? Optional.empty() : minutes.forecast();
        ahead.ifPresent(forecast -> minuteScores.announced(minute, forecast));
        Optional<Forecast> hoursAhead = isSilent() || !hourEnds ? Optional.empty() : hours.forecast();
        hoursAhead.ifPresent(forecast -> hourScores.announced(hourOf(minute), forecast));
        Decision decision = planner.decide(
                seen(value, load),
                ahead.map(ServiceScaling::means).orElse(NO_FORECAST),
                ahead.map(Forecast::quality).filter(PlannedScaler::isSure).isPresent());
        return new Announcement(
                minute,
                (long) numbers[EVENTS],
                load.readings() == 0 ? OptionalDouble.empty() : OptionalDouble.of(load.saturation()),
                ahead,
                hoursAhead,
                ofMinutes,
                ofHours,
                isSilent() ? Optional.empty() : Optional.of(decision));
    }

    private List<Score> endHour(long hour) {
        OptionalDouble finalHour = hours.add(hourSums.end());
        return finalHour.isPresent()
                ? hourScores.settled(hour - CORRECTABLE_HOURS, finalHour.getAsDouble())
                : List.of();
    }

    private static Seen seen(double value, MinuteLoad load) {
        return new Seen(
                value,
                Optional.empty(),
                load.readings() == 0 ? OptionalInt.empty() : OptionalInt.of(load.replicas()),
                load.utilisation());
    }

    private static double[] means(Forecast forecast) {
        return forecast.steps().stream().mapToDouble(ForecastStep::mean).toArray();
    }

    private static long hourOf(long minute) {
        return Math.floorDiv(minute, (long) MINUTES_PER_HOUR);
    }
}
