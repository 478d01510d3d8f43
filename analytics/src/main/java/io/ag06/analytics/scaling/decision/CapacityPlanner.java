package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import io.ag06.analytics.scaling.replay.Fleet;
import io.ag06.analytics.scaling.replay.ReactiveRule;
import java.util.Arrays;

/**
 * Decides minute by minute how many replicas a service shall have (docs/scaling.md, "The decision").
 *
 * <p>{@link #decide} is called once for each minute, in order, with what was seen of it and what is forecast for the
 * minutes to come, also where the load was not measured or nobody waits for the answer: from these calls it learns how
 * far forecasts are off and what the reactive rule would have cost. The state is one array of numbers of a length that
 * depends on the settings alone: {@link #save} copies it, {@link #restored} continues from it as if nothing had
 * happened. Answers depend on what was shown and its order alone. Not thread-safe.
 */
public final class CapacityPlanner {
    private static final int MINUTES_HELD = 5;
    private static final double FULL_ROOM = 1 / ReactiveRule.TARGET;

    private final ScalingSettings settings;
    private final Memory memory = new Memory();
    private final LearnedCapacity learned;
    private final Outlook outlook;
    private final ReactiveRule reactiveRule;
    private final ShadowFleet reactive;
    private final ShadowFleet own;
    private final ShadowFleet fewer;
    private final PeakLoad peak;
    private final Budget budget;
    private final Release release;
    private final History wishes;
    private final double[] minutes;
    private final double[] fleetsSeen;

    /** A planner that has seen nothing. */
    public CapacityPlanner(ScalingSettings settings) {
        this.settings = settings;
        this.learned = new LearnedCapacity(memory, settings.capacity());
        this.outlook = new Outlook(memory, settings, FULL_ROOM);
        this.reactiveRule = new ReactiveRule(memory, settings.capacity(), ReactiveRule.TARGET);
        this.reactive = new ShadowFleet(memory, settings.startupMinutes());
        this.own = new ShadowFleet(memory, settings.startupMinutes());
        this.fewer = new ShadowFleet(memory, settings.startupMinutes());
        this.peak = new PeakLoad(memory);
        this.budget = new Budget(memory);
        this.release = new Release(memory);
        this.wishes = new History(memory, MINUTES_HELD);
        this.minutes = memory.numbers(1);
        this.fleetsSeen = memory.numbers(1);
    }

    /**
     * A planner as it was saved.
     *
     * @param settings those it had
     * @param saved what {@link #save} gave
     */
    public static CapacityPlanner restored(ScalingSettings settings, double[] saved) {
        var planner = new CapacityPlanner(settings);
        planner.memory.restore(saved);
        return planner;
    }

    /** All that it remembers. */
    public double[] save() {
        return memory.save();
    }

    /** How many numbers it remembers: always as many. */
    public int size() {
        return memory.size();
    }

    /**
     * Decides at the end of a minute.
     *
     * @param seen of the minute that ends
     * @param ahead loads forecast for the next minutes, as many as {@link ScalingSettings#leadMinutes()} at least;
     *     empty where there is no forecast
     * @param sure whether that forecast knows its own errors and its sensor is alive; where it is not, or too few of
     *     these forecasts were held against what came, the decision is the reactive rule's
     */
    public Decision decide(Seen seen, double[] ahead, boolean sure) {
        double load = seen.load();
        begin(seen);
        Fleet fleet = own.fleet();
        Fleet reactiveFleet = reactive.fleet();
        seen.utilisation().ifPresent(utilisation -> learned.learn(load, fleet.ready(), utilisation));
        double capacity = law().perReplicaOf(fleet.billed());
        Alternative ownPast = past(load, fleet);
        Alternative reactivePast = past(load, reactiveFleet);
        Fleet fewerFleet = fewer.fleet();
        release.book(past(load, fewerFleet), reactivePast);
        boolean mayHaveFewer = release.pays(settings.prices());
        budget.book(
                ownPast.replicas(), reactivePast.replicas(), reactivePast.missing(), mayHaveFewer, settings.prices());
        peak.observe((long) minutes[0], load);
        int peakReplicas = replicas(peak.load());
        double forecast = forecast(ahead);
        outlook.observe((long) minutes[0], load, forecast);

        int reactiveDesired = bounded(reactiveRule.wanted(load, reactiveFleet, capacity));
        boolean told = sure && outlook.isTold();
        double quantile = settings.prices().quantile(budget.scarcity());
        Wish unsure = new Wish(law().carriedBy(reactiveDesired), Reason.UNSURE);
        // What a forecast that is not sure asks for is not done, but goes into the account of having fewer.
        Wish byForecast = asSeen(load, Double.isNaN(forecast) ? unsure : wish(reactiveDesired));
        wishes.add(byForecast.load());
        int asFewAsWanted = wanted(byForecast, fewerFleet.billed(), reactiveDesired);
        Wish wish = told ? byForecast : asSeen(load, unsure);
        int wanted = wanted(wish, fleet.billed(), reactiveDesired);
        if (!mayHaveFewer && wanted < reactiveDesired) {
            wanted = reactiveDesired;
            wish = new Wish(law().carriedBy(reactiveDesired), Double.isNaN(load) ? Reason.UNMEASURED : Reason.UNPROVEN);
        }
        int desired = bounded(stepped(wanted, fleet.billed()));
        own.become(fleet.next(desired));
        reactive.become(reactiveFleet.next(reactiveDesired));
        fewer.become(fewerFleet.next(Math.min(reactiveDesired, bounded(asFewAsWanted))));
        minutes[0]++;
        return new Decision(
                load,
                capacity,
                learned.isLearned(),
                quantile,
                forecast,
                wish.load(),
                fleet.billed(),
                desired,
                Action.between(fleet.billed(), desired),
                desired == wanted ? wish.reason() : Reason.BOUNDED,
                told && !Double.isNaN(load),
                desired * settings.prices().replicaHour(),
                ownPast,
                reactivePast,
                past(load, Fleet.of(peakReplicas, 0)),
                Double.isNaN(load) ? bounded(Math.max(fleet.billed(), reactiveDesired)) : reactiveDesired);
    }

    /**
     * The load of a minute that was decided turns out to have been higher. It counts as that in what was seen of late
     * and in the highest load; what was learned and booked of it stays.
     *
     * @param ago which minute: 1 is the last one
     */
    public void correct(int ago, double load) {
        outlook.correct(ago, load);
        peak.correct((long) minutes[0] - ago, load);
    }

    private void begin(Seen seen) {
        seen.fleet().ifPresent(own::become);
        seen.ready().ifPresent(own::serves);
        double load = Double.isNaN(seen.load()) ? 0 : seen.load();
        Fleet first = Fleet.of(bounded(replicas(FULL_ROOM * load)), settings.startupMinutes());
        if (!own.hasBegun()) {
            own.become(first);
        }
        // What others would have had is told from the same replicas on as there are when they are known first.
        boolean told = seen.fleet().isPresent() || seen.ready().isPresent();
        boolean firstSeen = told && fleetsSeen[0]++ == 0;
        if (firstSeen || !reactive.hasBegun()) {
            reactive.become(own.fleet());
            fewer.become(own.fleet());
        }
    }

    private double forecast(double[] ahead) {
        if (ahead.length == 0) {
            return Double.NaN;
        }
        return Arrays.stream(ahead, 0, settings.leadMinutes()).max().getAsDouble();
    }

    private Wish wish(int reactiveDesired) {
        // What is left over of what was saved is put into room for what was never seen.
        double spare = Math.max(0, 2 * budget.share() - 1);
        double room = Outlook.LEAST_ROOM + spare * (FULL_ROOM - Outlook.LEAST_ROOM);
        double scarcity = budget.scarcity();
        Wish wish = outlook.ordinary(room, scarcity).or(outlook.recurrence((long) minutes[0], scarcity));
        if (!budget.isLeft() && replicas(wish.load()) > reactiveDesired) {
            wish = new Wish(law().carriedBy(reactiveDesired), Reason.SPENT).or(outlook.expected());
        }
        return wish;
    }

    private static Wish asSeen(double load, Wish wish) {
        return Double.isNaN(load) ? new Wish(wish.load(), Reason.UNMEASURED) : wish;
    }

    /** Up at once; down only to the largest wish of the last minutes, and not where nothing was measured. */
    private int wanted(Wish wish, int current, int reactiveDesired) {
        if (wish.reason() == Reason.UNSURE) {
            return reactiveDesired;
        }
        int wanted = replicas(wish.load());
        if (wanted >= current) {
            return wanted;
        }
        if (wish.reason() == Reason.UNMEASURED) {
            return current;
        }
        double held = 0;
        for (int ago = 1; ago <= Math.min(MINUTES_HELD, wishes.size()); ago++) {
            held = Math.max(held, wishes.ago(ago));
        }
        int holding = Math.min(current, replicas(held));
        return budget.isLeft() ? holding : Math.min(holding, Math.max(wanted, reactiveDesired));
    }

    private int stepped(int wanted, int current) {
        return Math.max(
                current - settings.bounds().mostFewer(),
                Math.min(current + settings.bounds().mostMore(), wanted));
    }

    private int bounded(int replicas) {
        return Math.max(settings.bounds().fewest(), Math.min(settings.bounds().most(), replicas));
    }

    private ScalabilityLaw law() {
        return learned.law();
    }

    private int replicas(double load) {
        return law().replicasFor(load, settings.bounds().most());
    }

    private Alternative past(double load, Fleet fleet) {
        int missing = Double.isNaN(load) ? 0 : Math.max(0, replicas(load) - fleet.ready());
        return new Alternative(
                fleet.billed(), fleet.billed() * settings.prices().replicaHour(), missing);
    }
}
