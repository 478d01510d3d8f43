package io.ag06.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ag06.analytics.scaling.decision.Decision;
import io.ag06.analytics.scaling.decision.PlannedScaler;
import io.ag06.analytics.scaling.decision.ScalingSettings;
import io.ag06.analytics.scaling.decision.Seen;
import io.ag06.analytics.scaling.replay.Fleet;
import io.ag06.analytics.scaling.replay.ReactiveRule;
import io.ag06.analytics.scaling.replay.Replay;
import io.ag06.analytics.scaling.replay.ReplayResult;
import io.ag06.analytics.scaling.replay.Scaler;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What each way of scaling would have done on a recorded load. */
public final class ReplayRun {
    private static final String LEDGER =
            "minute,load,forecast,provided,current,desired,action,reason,confident,missing,"
                    + "reactive_replicas,reactive_missing,static_replicas";
    private static final MathContext DIGITS = new MathContext(10);

    private final RecordedLoad load;
    private final int first;
    private final Replay replay;
    private final ScalingSettings settings;

    /**
     * Reads the file.
     *
     * @param input CSV {@code minute,load}, plain or {@code .gz}; minutes ascend
     * @param settings of the scaling job's planner
     * @param replayed how many of the last minutes are replayed; those before are history
     * @throws StackException if the file can't be read, a line is wrong, it has fewer minutes, or none of these has a
     *     load
     */
    public ReplayRun(Path input, ScalingSettings settings, int replayed) {
        this.load = RecordedLoad.read(input);
        if (replayed > load.size()) {
            throw new StackException(String.format(
                    Locale.ROOT,
                    "%s has %,d minutes, from %d to %d; %,d of them can't be replayed",
                    input,
                    load.size(),
                    load.minuteOf(0),
                    load.minuteOf(load.size() - 1),
                    replayed));
        }
        this.first = load.size() - replayed;
        if (load.gaps(first, load.size()) == replayed) {
            throw new StackException(
                    String.format(Locale.ROOT, "%s has no load in its last %,d minutes", input, replayed));
        }
        this.replay = new Replay(load.values(), replayed, settings.capacity());
        this.settings = settings;
    }

    /** Minutes of the file, history included. */
    public int size() {
        return load.size();
    }

    /** What a reader of the results should know of the load, a line for each; often there is nothing. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        int replayed = load.size() - first;
        int gaps = load.gaps(first, load.size());
        int gapsBefore = load.gaps(0, first);
        if (gaps + gapsBefore > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "Minutes without a load: %,d of %,d replayed (paid for, never short), %,d of %,d of history",
                    gaps,
                    replayed,
                    gapsBefore,
                    first));
        }
        if (first == 0) {
            remarks.add("All minutes are replayed, so ours begins without history");
        }
        return remarks;
    }

    /**
     * Runs all of them.
     *
     * @param minuteDone is run after each minute of the file
     */
    public Result run(Runnable minuteDone) {
        var ours = new Recorded(new PlannedScaler(settings), minuteDone);
        return new Result(
                new Table(
                        replay.staticPeak(),
                        replay.of(new ReactiveRule(settings.capacity(), ReactiveRule.TARGET)),
                        replay.of(ours),
                        replay.oracle()),
                ours.decisions,
                load.minuteOf(first));
    }

    /**
     * What came of it.
     *
     * @param decisions of ours, minute by minute as replayed
     * @param firstMinute the minute of the first decision, as the file counts
     */
    public record Result(Table table, List<Decision> decisions, long firstMinute) {
        /**
         * Writes the decisions as CSV: minutes as the file counts, words as in the table {@code scaling_decisions}.
         *
         * @throws StackException if the file can't be written
         */
        public void writeLedger(OutputFile file) {
            file.write(
                    LEDGER,
                    IntStream.range(0, decisions.size()).mapToObj(i -> line(firstMinute + i, decisions.get(i))));
        }

        private static String line(long minute, Decision decision) {
            return String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,%d,%d,%s,%s,%s,%d,%d,%d,%d",
                    minute,
                    text(decision.load()),
                    text(decision.forecast()),
                    text(decision.provided()),
                    decision.current(),
                    decision.desired(),
                    word(decision.action()),
                    word(decision.reason()),
                    decision.confident(),
                    decision.own().missing(),
                    decision.reactive().replicas(),
                    decision.reactive().missing(),
                    decision.staticPeak().replicas());
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        private static String text(double value) {
            return Double.isNaN(value)
                    ? ""
                    : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * What each came to.
     *
     * @param staticPeak as many replicas as the highest load needs, all the time
     * @param hpa70 the rule of Kubernetes' autoscaler at a target of 70 %
     * @param ours the scaling job's planner
     * @param oracle perfect knowledge
     */
    public record Table(
            ReplayResult staticPeak,
            @JsonProperty("hpa_70") ReplayResult hpa70,
            ReplayResult ours,
            ReplayResult oracle) {}

    /** A planner whose decisions are kept. */
    private static final class Recorded implements Scaler {
        private final PlannedScaler planner;
        private final Runnable minuteDone;
        private final List<Decision> decisions = new ArrayList<>();

        Recorded(PlannedScaler planner, Runnable minuteDone) {
            this.planner = planner;
            this.minuteDone = minuteDone;
        }

        @Override
        public void learn(double load) {
            planner.learn(load);
            minuteDone.run();
        }

        @Override
        public int wanted(double load, Fleet fleet) {
            Decision decision = planner.decide(Seen.of(load, fleet));
            decisions.add(decision);
            minuteDone.run();
            return decision.desired();
        }
    }
}
