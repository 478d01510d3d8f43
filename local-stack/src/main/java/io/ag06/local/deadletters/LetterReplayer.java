package io.ag06.local.deadletters;

import io.ag06.local.StackException;
import io.ag06.schemas.JsonRecordException;
import io.ag06.schemas.TopicText;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters to Kafka again, each once, whatever is killed and when.
 *
 * <p>The bytes go to the partition they came from, and a record of {@code ag06.dead-letter-replays} that says so goes
 * with them in one transaction: one is there exactly if the other is. All replays have one transactional id. Opening a
 * replay ends what an earlier one left unfinished, and fences one that is still at work; only then is read what was
 * replayed, so that nothing can be added behind the reader's back.
 *
 * <p>The key is not kept in dead letters and is null in what is sent; nothing of ours reads keys.
 */
public final class LetterReplayer implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "ag06-dead-letter-replays";

    /** How long a killed replay holds up readers of the topics that it wrote to. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    private static final int LARGEST_REQUEST = 16 << 20;
    private static final int MOST_LETTERS_OF_A_ROUND = 500;
    private static final long MOST_BYTES_OF_A_ROUND = 8L << 20;

    private final String bootstrapServers;
    private final DeadLetters letters;
    private final Runnable beforeCommit;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<LetterId, LetterReplay> replayed;
    private final TopicText<?> text = TopicText.of(Topics.DEAD_LETTER_REPLAYS);

    private LetterReplayer(String bootstrapServers, DeadLetters letters, Runnable beforeCommit) {
        this.bootstrapServers = bootstrapServers;
        this.letters = letters;
        this.beforeCommit = beforeCommit;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        TRANSACTIONAL_ID,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_REQUEST,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            this.replayed = new ReplayLog(bootstrapServers).read();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new StackException(
                    "Kafka at %s does not let a replay begin: %s".formatted(bootstrapServers, e.getMessage()), e);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Opens a replay; from now on no other one can commit anything.
     *
     * @param bootstrapServers {@code host:port[,host:port]}
     */
    public static LetterReplayer open(String bootstrapServers, DeadLetters letters) {
        return open(bootstrapServers, letters, () -> {});
    }

    /** @param beforeCommit is run when everything of a transaction is sent and nothing is committed */
    static LetterReplayer open(String bootstrapServers, DeadLetters letters, Runnable beforeCommit) {
        return new LetterReplayer(bootstrapServers, letters, beforeCommit);
    }

    /**
     * Sends letters again.
     *
     * @param again those too that were sent again before
     * @param told is given each letter's replay, once it is committed: the new one, or that of before
     * @throws StackException where another replay has begun since, or Kafka refuses; the same may be asked for again,
     *     and what was sent is not sent twice
     */
    public void replay(List<Letter> wanted, boolean again, Consumer<Outcome> told) {
        List<Letter> round = new ArrayList<>();
        Set<LetterId> seen = new HashSet<>();
        long bytes = 0;
        for (Letter letter : wanted) {
            if (!seen.add(letter.id())) {
                continue;
            }
            LetterReplay before = replayed.get(letter.id());
            if (before != null && !again) {
                told.accept(new Outcome(before, false));
                continue;
            }
            if (bytes + letter.bytes() > MOST_BYTES_OF_A_ROUND && !round.isEmpty()) {
                sendTogether(round).forEach(replay -> told.accept(new Outcome(replay, true)));
                round.clear();
                bytes = 0;
            }
            round.add(letter);
            bytes += letter.bytes();
        }
        if (!round.isEmpty()) {
            sendTogether(round).forEach(replay -> told.accept(new Outcome(replay, true)));
        }
    }

    /** Sends every letter again that is there now; parameters as of {@link #replay}. */
    public void replayAll(LetterFilter filter, boolean again, Consumer<Outcome> told) {
        letters.forEachPage(filter, MOST_LETTERS_OF_A_ROUND, page -> replay(page, again, told));
    }

    /** Sends letters in one transaction: all of them or none. */
    private List<LetterReplay> sendTogether(List<Letter> round) {
        Map<LetterId, byte[]> originals = letters.originals(round);
        for (Letter letter : round) {
            if (originals.get(letter.id()) == null) {
                throw new StackException("The dead letter %s is gone; it was not sent".formatted(letter.id()));
            }
        }
        try {
            producer.beginTransaction();
            List<LetterReplay> replays = send(round, originals);
            for (LetterReplay replay : replays) {
                Future<?> unused = producer.send(new ProducerRecord<>(
                        Topics.DEAD_LETTER_REPLAYS.name(),
                        null,
                        replay.letter().topic().getBytes(StandardCharsets.UTF_8),
                        text.bytes(replay.toJson()))); // The commit reports failures.
            }
            beforeCommit.run();
            producer.commitTransaction();
            replays.forEach(replay -> replayed.put(replay.letter(), replay));
            return replays;
        } catch (KafkaException e) {
            throw failed(e);
        } catch (JsonRecordException e) {
            throw new IllegalStateException("A replay is no record of its topic", e);
        }
    }

    /** Sends the bytes; the offsets they were given are known before they are committed. */
    private List<LetterReplay> send(List<Letter> round, Map<LetterId, byte[]> originals) {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (Letter letter : round) {
            Integer partition = letter.partition() < 0 ? null : letter.partition();
            answers.add(
                    producer.send(new ProducerRecord<>(letter.topic(), partition, null, originals.get(letter.id()))));
        }
        producer.flush();
        List<LetterReplay> replays = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            RecordMetadata landed = await(answers.get(i));
            replays.add(new LetterReplay(
                    round.get(i).id(),
                    landed.topic(),
                    landed.partition(),
                    landed.offset(),
                    Instant.now().truncatedTo(ChronoUnit.MICROS)));
        }
        return replays;
    }

    private RecordMetadata await(Future<RecordMetadata> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while sending letters again; none of them was sent", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                throw failure;
            }
            throw new IllegalStateException("Sending to Kafka ended in an unforeseen way", e);
        }
    }

    private StackException failed(KafkaException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return new StackException(
                        "Another replay has begun since, and this one was stopped; run the same again when that is done",
                        e);
            }
        }
        // Where the commit itself was not answered, it may have been carried out.
        return new StackException(
                "Kafka at %s does not say that it took the letters (%s); run the same again: nothing is sent twice"
                        .formatted(bootstrapServers, e.getMessage()),
                e);
    }

    /** Ends the replay; a transaction that was not committed is aborted. */
    @Override
    public void close() {
        producer.close();
    }

    /**
     * What became of a letter.
     *
     * @param replay where its bytes stand now
     * @param sent whether they were sent just now; if not, they were before
     */
    public record Outcome(LetterReplay replay, boolean sent) {}
}
