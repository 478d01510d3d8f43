package io.ag06.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one fault after the other happen, and waits after each until everything can be read. One that is not recovered
 * from is the last: what has become of the events is for the verdict to say.
 */
final class Cycles {
    private static final Logger LOG = LoggerFactory.getLogger(Cycles.class);

    private final FaultPlan plan;
    private final Subject subject;
    private final Patience patience;
    private final ChaosProgress progress;
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<String, List<Double>> recoveries = new TreeMap<>();
    private final List<String> notRun = new ArrayList<>();
    private final List<ChaosReport.SlowCycle> slow = new ArrayList<>();
    private final List<String> unrecovered = new ArrayList<>();
    private int done;
    private Duration longest = Duration.ZERO;
    private int poisoned;

    Cycles(FaultPlan plan, Subject subject, Patience patience, ChaosProgress progress) {
        this.plan = plan;
        this.subject = subject;
        this.patience = patience;
        this.progress = progress;
    }

    /** Runs so many, or up to the first that is not recovered from. */
    void run(int count) throws InterruptedException {
        while (done < count && unrecovered.isEmpty()) {
            run(done, count);
            done++;
        }
    }

    private void run(int cycle, int count) throws InterruptedException {
        long begun = patience.time().nanos();
        FaultKind kind = plan.kindOf(cycle);
        patience.time().pause(plan.calm());
        Optional<Fault> fault = subject.fault(kind, plan.linkOf(cycle));
        if (fault.isEmpty()) {
            progress.notRun(cycle + 1, count, kind.word());
            if (!notRun.contains(kind.word())) {
                notRun.add(kind.word());
            }
            return;
        }
        String words = "%s, %s".formatted(kind.word(), fault.get().words());
        progress.striking(cycle + 1, count, words);
        LOG.info("Cycle {}: {}", cycle + 1, words);
        faults.merge(kind.word(), 1, Integer::sum);
        Optional<String> stuck = recover(kind, fault.get());
        Duration took = patience.since(begun);
        longest = took.compareTo(longest) > 0 ? took : longest;
        if (took.compareTo(ChaosReport.LONGEST_CYCLE) > 0) {
            slow.add(new ChaosReport.SlowCycle(cycle + 1, words, took.toMillis() / 1000.0));
        }
        stuck.ifPresent(reason -> {
            unrecovered.add("cycle %d (%s): %s".formatted(cycle + 1, words, reason));
            LOG.error("Cycle {} is not recovered from: {}", cycle + 1, reason);
        });
    }

    /** Strikes, mends, and waits; says what is wrong where all is not well then. */
    private Optional<String> recover(FaultKind kind, Fault fault) throws InterruptedException {
        try {
            fault.strike();
            poisoned += kind == FaultKind.POISON_RECORD ? Poison.RECORDS : 0;
            patience.time().pause(plan.length());
            long mended = patience.time().nanos();
            fault.mend();
            long events = patience.published(subject);
            Optional<String> stuck = patience.awaitStored(subject, events);
            if (stuck.isEmpty()) {
                Duration recovery = patience.since(mended);
                LOG.info("Recovered after {}, {} events", recovery, events);
                recoveries
                        .computeIfAbsent(kind.word(), none -> new ArrayList<>())
                        .add(recovery.toMillis() / 1000.0);
                progress.recovered(recovery, events);
            }
            return stuck;
        } catch (Exception e) { // What a fault declares.
            return Optional.of(Unanswered.reason(e));
        }
    }

    /** How many there were. */
    int done() {
        return done;
    }

    /** How often each kind of fault happened. */
    Map<String, Integer> faults() {
        return faults;
    }

    /** How long each recovery took, in seconds, by kind of fault. */
    Map<String, List<Double>> recoveries() {
        return recoveries;
    }

    /** Kinds that can't be had on this system. */
    List<String> notRun() {
        return notRun;
    }

    /** Those that took longer than {@link ChaosReport#LONGEST_CYCLE}. */
    List<ChaosReport.SlowCycle> slow() {
        return slow;
    }

    /** The one that was not recovered from, if there was one, and why. */
    List<String> unrecovered() {
        return unrecovered;
    }

    /** From the end of one recovery to that of the next, at most. */
    Duration longest() {
        return longest;
    }

    /** How many records no job could take in. */
    int poisoned() {
        return poisoned;
    }
}
