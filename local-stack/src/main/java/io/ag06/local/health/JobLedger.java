package io.ag06.local.health;

import io.ag06.analytics.health.CounterTotal;
import io.ag06.analytics.health.JobMinute.Checkpoint;
import io.ag06.analytics.health.JobMinute.Sink;
import io.ag06.analytics.health.JobMinute.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The readings of one job, added up. What a minute came to is known where the job was looked at shortly before the
 * minute began and shortly before it ended; else it is empty. Used by one thread.
 */
final class JobLedger {
    private static final Duration RATE_OVER = Duration.ofMinutes(1);
    private static final long MICROS_PER_MILLI = 1_000;

    private final Duration fresh;
    private final Map<JobCounter, CounterTotal> totals = new EnumMap<>(JobCounter.class);
    private final Deque<Look> looks = new ArrayDeque<>();
    private Optional<String> begunUnderOurEyes = Optional.empty();
    private Optional<JobReading> newest = Optional.empty();
    private Instant newestAt = Instant.MIN;
    private Map<JobCounter, Long> atMinuteStart = Map.of();
    private boolean minuteStartKnown;

    /** @param fresh how old a reading may be to count for the moment it is asked for */
    JobLedger(Duration fresh) {
        this.fresh = fresh;
    }

    /** Takes in a reading. */
    void add(Instant at, JobReading reading) {
        if (newest.isPresent() && !newest.get().run().equals(reading.run())) {
            begunUnderOurEyes = reading.run();
        }
        String run = reading.run().orElse("");
        reading.counters()
                .forEach((counter, shown) -> totals.compute(counter, (same, total) -> {
                    if (total != null) {
                        return total.next(run, shown);
                    }
                    return begunUnderOurEyes.filter(run::equals).isPresent()
                            ? CounterTotal.fromZero(run, shown)
                            : CounterTotal.from(run, shown);
                }));
        newest = Optional.of(reading);
        newestAt = at;
        if (reading.run().isEmpty() || reading.counters().containsKey(JobCounter.RECORDS_IN)) {
            looks.addLast(new Look(at, copyOfTotals()));
        }
        while (looks.size() > 1 && looks.getFirst().at.isBefore(at.minus(RATE_OVER))) {
            looks.removeFirst();
        }
    }

    /** The newest reading, where it is fresh at that moment. */
    Optional<JobReading> newestAt(Instant moment) {
        return isFresh(newestAt, moment) ? newest : Optional.empty();
    }

    /** What was counted in all since this ledger was opened; empty where the counter was never shown. */
    OptionalLong total(JobCounter counter) {
        CounterTotal total = totals.get(counter);
        return total == null ? OptionalLong.empty() : OptionalLong.of(total.total());
    }

    /** Counted per second over the last minute, as far as it was looked at. */
    OptionalDouble perSecond(JobCounter counter, Instant now) {
        if (looks.size() < 2 || !isFresh(looks.getLast().at, now)) {
            return OptionalDouble.empty();
        }
        Long last = looks.getLast().totals.get(counter);
        if (last == null) {
            return OptionalDouble.empty();
        }
        long first = looks.getFirst().totals.getOrDefault(counter, 0L);
        Duration between = Duration.between(looks.getFirst().at, looks.getLast().at);
        return between.isZero() ? OptionalDouble.empty() : OptionalDouble.of((last - first) * 1e9 / between.toNanos());
    }

    /** Begins a minute at this moment. */
    void beginMinute(Instant start) {
        minuteStartKnown = !looks.isEmpty() && isFresh(looks.getLast().at, start);
        atMinuteStart = copyOfTotals();
    }

    /** What the job did in the minute that ends at this moment. */
    Work work(Instant end) {
        return new Work(
                inMinute(JobCounter.RESTARTS, end),
                inMinute(JobCounter.RECORDS_IN, end),
                inMinute(JobCounter.RECORDS_OUT, end),
                inMinute(JobCounter.DEAD_LETTERS, end));
    }

    /** How its sink fared in it. */
    Sink sink(Instant end) {
        OptionalLong waitedMs = inMinute(JobCounter.WAITED_MS, end);
        return new Sink(
                newestAt(end).flatMap(JobLedger::circuit),
                waitedMs.isPresent() ? OptionalLong.of(waitedMs.getAsLong() * MICROS_PER_MILLI) : OptionalLong.empty(),
                inMinute(JobCounter.BLOCKS_SENT, end),
                inMinute(JobCounter.BLOCKS_FOUND, end),
                inMinute(JobCounter.BLOCKS_REJECTED, end),
                inMinute(JobCounter.SPILLED_BYTES, end));
    }

    /** The last completed checkpoint, as it was at the minute's end. */
    Checkpoint checkpoint(Instant end) {
        return newestAt(end)
                .flatMap(JobReading::checkpoint)
                .map(completed -> new Checkpoint(
                        OptionalLong.of(micros(age(completed.at(), end))),
                        OptionalLong.of(micros(completed.took())),
                        OptionalLong.of(completed.bytes())))
                .orElse(Checkpoint.UNKNOWN);
    }

    /** Whether the sink waits; empty where the job does not run, or does not say. */
    static Optional<String> circuit(JobReading reading) {
        return reading.waiting()
                .filter(any -> reading.isRunning())
                .map(waiting -> waiting.isZero() ? Sink.CLOSED : Sink.OPEN);
    }

    /** Since then; zero where clocks differ. */
    static Duration age(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }

    private OptionalLong inMinute(JobCounter counter, Instant end) {
        boolean known = minuteStartKnown && !looks.isEmpty() && isFresh(looks.getLast().at, end);
        CounterTotal total = totals.get(counter);
        return known && total != null
                ? OptionalLong.of(total.total() - atMinuteStart.getOrDefault(counter, 0L))
                : OptionalLong.empty();
    }

    private Map<JobCounter, Long> copyOfTotals() {
        Map<JobCounter, Long> copy = new EnumMap<>(JobCounter.class);
        totals.forEach((counter, total) -> copy.put(counter, total.total()));
        return copy;
    }

    private boolean isFresh(Instant at, Instant moment) {
        return !at.isBefore(moment.minus(fresh));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** What had been counted when the job was looked at. */
    private record Look(Instant at, Map<JobCounter, Long> totals) {}
}
