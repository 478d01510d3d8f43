package io.ag06.bench.drain;

import io.ag06.bench.load.OutsideOfFlink;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.FromKafka;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic's records as the rows that the archive job makes of them, cut into blocks as large as the sink's. They lie
 * in a file that is mapped into memory, beside the heap, so that they are none of the jobs' memory.
 */
final class RowBlocks {
    private static final int BLOCK_BYTES = 32 << 20;
    private static final int BLOCK_ROWS = 500_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();
    private final RowBinaryWriter open = new RowBinaryWriter(BLOCK_BYTES);
    private int openRows;

    private RowBlocks(Path file) {
        this.file = file;
    }

    /** Reads the topic and encodes all of it. */
    static RowBlocks of(LoadedTopic topic, Path file) {
        RowBlocks rows = new RowBlocks(file);
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            rows.fill(topic, out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The rows can't be written to " + file, e);
        }
        return rows;
    }

    private void fill(LoadedTopic topic, FileChannel out) throws IOException {
        FactRows facts = new FactRows(RuleSettings.DEFAULT);
        facts.open(new OutsideOfFlink());
        Map<String, Object> config = new HashMap<>(FromKafka.consumerConfig());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrapServers());
        List<EncodedRow> rows = new ArrayList<>();
        long read = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(LoadedTopic.partitions());
            consumer.seekToBeginning(LoadedTopic.partitions());
            while (read < topic.totals().records()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    facts.deserialize(record, collecting(rows));
                    append(rows.get(0), out);
                    rows.clear();
                    read++;
                }
            }
        }
        cut(out);
    }

    private void append(EncodedRow row, FileChannel out) throws IOException {
        WrongCountException.require(
                "Table of a row",
                Tables.factsOf(io.ag06.schemas.Topics.SERVICE_REQUESTS.name()).name(),
                row.table());
        if (open.length() + row.bytes().length + Long.BYTES > BLOCK_BYTES || openRows == BLOCK_ROWS) {
            cut(out);
        }
        open.bytes(row.bytes(), 0, row.bytes().length);
        open.int64(blocks.size()); // In the place of the block's name, which every row of the sink carries.
        openRows++;
    }

    private void cut(FileChannel out) throws IOException {
        long at = out.size();
        ByteBuffer bytes = ByteBuffer.wrap(open.toByteArray());
        while (bytes.hasRemaining()) {
            out.write(bytes, at + bytes.position());
        }
        blocks.add(new Block(at, open.length(), openRows));
        open.clear();
        openRows = 0;
    }

    /** Every block, in memory. */
    List<MappedByteBuffer> inMemory() throws IOException {
        List<MappedByteBuffer> mapped = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file)) {
            for (Block block : blocks) {
                mapped.add(in.map(FileChannel.MapMode.READ_ONLY, block.at, block.length)
                        .load());
            }
        }
        return mapped;
    }

    private static Collector<EncodedRow> collecting(List<EncodedRow> rows) {
        return new Collector<>() {
            @Override
            public void collect(EncodedRow row) {
                rows.add(row);
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    private record Block(long at, int length, int rows) {}
}
