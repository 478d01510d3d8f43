package io.ag06.local.reconcile;

import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.local.deadletters.RecordRange;
import io.ag06.local.deadletters.RefusedBlock;
import io.ag06.local.deadletters.RejectedBlocks;
import io.ag06.local.kafka.KafkaLog;
import io.ag06.local.kafka.PartitionReader;
import io.ag06.pipeline.settings.KafkaSettings;
import io.ag06.schemas.Topic;
import io.ag06.schemas.TopicText;
import io.ag06.schemas.Topics;
import io.ag06.sql.Partials;
import io.ag06.sql.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every committed record in Kafka against the rows in ClickHouse: which are missing, which are doubled, and
 * where.
 *
 * <p>What is judged is what Kafka and the tables keep, up to where committed records end when the run begins. What lies
 * below the position that {@code event-archive} has committed to Kafka must be stored, in the topic's raw table or as a
 * dead letter; what lies above it is yet to come. The position may be committed before the rows are stored, so what
 * looks missing is asked for again, for as long as any of it arrives and then for the time given. Of the tables of
 * partial aggregates, everything is asked that {@link Partials} declares of them.
 *
 * <p>Values are not read. Both sides are compared as ranges of offsets, in windows, so that the run takes about as long
 * as reading the topics, and its memory does not grow with them.
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String ARCHIVE = "event-archive";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final ReconciliationSettings settings;
    private final ReconciliationProgress progress;
    private final SqlClient sql;
    private final StoredOffsets stored;
    private final List<FactsCheck> facts = new ArrayList<>();
    private final List<PartialsCheck> partials = new ArrayList<>();

    private Reconciliation(ReconciliationSettings settings, ReconciliationProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.sql = new SqlClient(settings.clickHouse());
        this.stored = new StoredOffsets(sql);
    }

    /**
     * Compares once, and waits for what may be on its way.
     *
     * @throws io.ag06.local.StackException where Kafka or ClickHouse can't be asked
     */
    public static ReconciliationReport run(ReconciliationSettings settings, ReconciliationProgress progress)
            throws InterruptedException {
        return new Reconciliation(settings, progress).run();
    }

    private ReconciliationReport run() throws InterruptedException {
        try (KafkaLog kafka = new KafkaLog(settings.kafka())) {
            plan(kafka);
            compareFacts();
            addRowsBeyondKafka(kafka);
            partials.forEach(PartialsCheck::compare);
            excuseUndecodableDeadLetters();
            explainByRejectedBlocks();
            waitForWhatIsOnItsWay();
            explainByRejectedBlocks(); // Of what came meanwhile, something may have been refused.
            Map<TopicPartition, Long> starts = kafka.starts(kafka.partitionsOf(topicNames()));
            facts.forEach(check -> check.keepFrom(starts.getOrDefault(check.partition(), 0L)));
        }
        return new ReconciliationReport(
                facts.stream().map(FactsCheck::report).toList(),
                partials.stream().map(PartialsCheck::report).toList());
    }

    /** Positions are taken before the ends, and ends before anything is read: what comes later is not judged. */
    private void plan(KafkaLog kafka) {
        List<TopicPartition> partitions = kafka.partitionsOf(topicNames());
        Map<TopicPartition, Long> archived = kafka.committed(KafkaSettings.groupOf(ARCHIVE));
        Map<String, Map<TopicPartition, Long>> aggregated = new HashMap<>();
        Tables.PARTIALS.forEach(
                table -> aggregated.computeIfAbsent(table.job(), job -> kafka.committed(KafkaSettings.groupOf(job))));
        Map<TopicPartition, Long> ends = kafka.ends(partitions);
        Map<TopicPartition, Long> starts = new Reach(kafka, sql, InstantSource.system()).starts(partitions);
        for (TopicPartition partition : partitions) {
            FactsCheck check = new FactsCheck(
                    partition,
                    Math.min(starts.get(partition), ends.get(partition)),
                    ends.get(partition),
                    positionIn(archived, partition));
            facts.add(check);
            for (Partials table : Tables.PARTIALS) {
                if (table.topics().contains(partition.topic())) {
                    partials.add(new PartialsCheck(
                            table,
                            check,
                            positionIn(aggregated.get(table.job()), partition),
                            sql,
                            stored,
                            settings.window()));
                }
            }
        }
    }

    private void compareFacts() {
        long all = facts.stream().mapToLong(check -> check.to() - check.from()).sum();
        long[] compared = new long[1];
        try (PartitionReader<Object> reader = PartitionReader.ofOffsets(settings.kafka())) {
            for (FactsCheck check : facts) {
                check.compare(reader, stored, settings.window(), offsets -> {
                    compared[0] += offsets;
                    progress.comparing(compared[0], all);
                });
            }
        }
    }

    /** Rows that no record of this Kafka can have given: of a topic that was made anew, or of another Kafka. */
    private void addRowsBeyondKafka(KafkaLog kafka) {
        for (String topic : topicNames()) {
            Map<TopicPartition, Long> highest = stored.highest(topic);
            Map<TopicPartition, Long> ends = kafka.ends(kafka.partitionsOf(List.of(topic)));
            highest.forEach((partition, offset) -> {
                long end = ends.getOrDefault(partition, 0L);
                if (offset >= end) {
                    checkOf(partition)
                            .addUnexpected(
                                    stored.find(partition, end, offset + 1).offsets());
                }
            });
        }
        facts.sort(Comparator.comparing((FactsCheck check) -> check.partition().topic())
                .thenComparing(check -> check.partition().partition()));
    }

    private FactsCheck checkOf(TopicPartition partition) {
        return facts.stream()
                .filter(check -> check.partition().equals(partition))
                .findFirst()
                .orElseGet(() -> {
                    FactsCheck unknown = new FactsCheck(partition, 0, 0, OptionalLong.empty());
                    facts.add(unknown);
                    return unknown;
                });
    }

    /**
     * A dead letter that is itself refused is counted by the job and stored nowhere, or it would come back for ever.
     */
    private void excuseUndecodableDeadLetters() {
        List<FactsCheck> suspicious = facts.stream()
                .filter(check -> check.partition().topic().equals(Topics.DEAD_LETTERS.name()))
                .filter(check -> !check.missing().isEmpty())
                .toList();
        if (suspicious.isEmpty()) {
            return;
        }
        TopicText<?> letters = TopicText.of(Topics.DEAD_LETTERS);
        try (PartitionReader<byte[]> reader = PartitionReader.ofValues(settings.kafka())) {
            for (FactsCheck check : suspicious) {
                OffsetRanges.Builder undecodable = new OffsetRanges.Builder();
                for (OffsetRange range : check.missing().ranges(Integer.MAX_VALUE)) {
                    reader.read(
                            check.partition(),
                            range.first(),
                            range.last() + 1,
                            records -> records.stream()
                                    .filter(record -> record.offset() <= range.last())
                                    .filter(record ->
                                            letters.refusal(record.value()).isPresent())
                                    .forEach(record -> undecodable.add(record.offset())));
                }
                check.excuse(undecodable.build());
            }
        }
    }

    private void explainByRejectedBlocks() {
        RejectedBlocks blocks = new RejectedBlocks(sql);
        facts.stream()
                .filter(check -> check.awaited() > 0)
                .map(FactsCheck::table)
                .distinct()
                .flatMap(table -> blocks.notStoredIn(table).stream())
                .forEach(block -> rangesOf(blocks, block)
                        .forEach((partition, offsets) -> checkOf(partition).explain(block.block(), offsets)));
        partials.stream()
                .filter(check -> check.awaited() > 0)
                .map(check -> check.partials().table())
                .distinct()
                .flatMap(table -> blocks.notStoredIn(table).stream())
                .forEach(block -> rangesOf(blocks, block)
                        .forEach((partition, offsets) -> partials.stream()
                                .filter(check -> check.partition().equals(partition)
                                        && check.partials().table().name().equals(block.table()))
                                .forEach(check -> check.explain(block.block(), offsets))));
    }

    private static Map<TopicPartition, OffsetRanges> rangesOf(RejectedBlocks blocks, RefusedBlock block) {
        List<RecordRange> records;
        try {
            records = new ArrayList<>(blocks.recordsOf(block));
        } catch (StackException e) {
            LOG.warn("What block {} holds can't be told: its bytes may be why it was refused", block.block(), e);
            return Map.of();
        }
        records.sort(Comparator.comparingLong(RecordRange::first));
        Map<TopicPartition, OffsetRanges.Builder> ranges = new HashMap<>();
        records.forEach(range -> ranges.computeIfAbsent(
                        new TopicPartition(range.topic(), range.partition()), none -> new OffsetRanges.Builder())
                .add(range.first(), range.last()));
        Map<TopicPartition, OffsetRanges> built = new HashMap<>();
        ranges.forEach((partition, builder) -> built.put(partition, builder.build()));
        return built;
    }

    private void waitForWhatIsOnItsWay() throws InterruptedException {
        long awaited = awaited();
        long deadline = System.nanoTime() + settings.longestWait().toNanos();
        while (awaited > 0 && System.nanoTime() - deadline < 0) {
            progress.waiting(awaited, settings.longestWait());
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            facts.forEach(check -> check.lookAgain(stored));
            partials.forEach(PartialsCheck::lookAgain);
            long left = awaited();
            if (left < awaited) {
                deadline = System.nanoTime() + settings.longestWait().toNanos();
            }
            awaited = left;
        }
    }

    private long awaited() {
        return facts.stream().mapToLong(FactsCheck::awaited).sum()
                + partials.stream().mapToLong(PartialsCheck::awaited).sum();
    }

    private List<String> topicNames() {
        return settings.topics().stream().map(Topic::name).toList();
    }

    private static OptionalLong positionIn(Map<TopicPartition, Long> positions, TopicPartition partition) {
        Long position = positions.get(partition);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
