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
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What each way of scaling would have done on a recorded load. */
public final class ReplayRun {
    private static final MathContext DIGITS = new MathContext(10);

    private final Replay replay;
    private final ScalingSettings settings;
    private final int minutes;

    /**
     * Reads the file.
     *
     * @param input CSV {@code minute,load}, plain or {@code .gz}; minutes ascend
     * @param settings of the scaling job's planner
     * @param replayed how many of the last minutes are replayed; those before are history
     * @throws StackException if the file can't be read, a line is wrong, or it has fewer minutes
     */
    public ReplayRun(Path input, ScalingSettings settings, int replayed) {
        double[] load = RecordedLoad.read(input);
        if (replayed > load.length) {
            throw new StackException(
                    "%s has %,d minutes; %,d of them can't be replayed".formatted(input, load.length, replayed));
        }
        this.replay = new Replay(load, replayed, settings.capacity());
        this.settings = settings;
        this.minutes = load.length;
    }

    /** Minutes of the file, history included. */
    public int size() {
        return minutes;
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
                ours.decisions);
    }

    /**
     * What came of it.
     *
     * @param decisions of ours, minute by minute as replayed
     */
    public record Result(Table table, List<Decision> decisions) {
        /**
         * Writes the decisions as CSV, counted from the first minute replayed.
         *
         * @throws StackException if the file can't be written
         */
        public void writeLedger(Path file) {
            try (Writer out = Files.newBufferedWriter(file)) {
                out.write("minute,load,forecast,provided,current,desired,action,reason,confident,missing,"
                        + "reactive_replicas,reactive_missing,static_replicas\n");
                int minute = 0;
                for (Decision decision : decisions) {
                    out.write(line(minute++, decision) + "\n");
                }
            } catch (IOException e) {
                throw new StackException("%s can't be written: %s".formatted(file, e), e);
            }
        }

        private static String line(int minute, Decision decision) {
            return "%d,%s,%s,%s,%d,%d,%s,%s,%s,%d,%d,%d,%d"
                    .formatted(
                            minute,
                            text(decision.load()),
                            text(decision.forecast()),
                            text(decision.provided()),
                            decision.current(),
                            decision.desired(),
                            decision.action(),
                            decision.reason(),
                            decision.confident(),
                            decision.own().missing(),
                            decision.reactive().replicas(),
                            decision.reactive().missing(),
                            decision.staticPeak().replicas());
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
