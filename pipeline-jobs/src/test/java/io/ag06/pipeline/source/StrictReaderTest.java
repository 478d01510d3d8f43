package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class StrictReaderTest {
    @Test
    void offsetsThatKafkaDoesNotHaveStopTheJobForGoodWithALine() {
        RuntimeException lost = new RuntimeException(
                "One or more fetchers have encountered exception",
                new RuntimeException(
                        "SplitFetcher thread 0 received unexpected exception",
                        new OffsetOutOfRangeException(Map.of(new TopicPartition("ag06.service-requests", 1), 42L))));

        assertThatExceptionOfType(SuppressRestartsException.class)
                .isThrownBy(() -> new StrictReader<>(new Failing(lost)).pollNext(null))
                .havingCause()
                .withMessageContaining("ag06.service-requests-1")
                .withMessageContaining("42")
                .withMessageContaining("--from-beginning");
    }

    @Test
    void whatMayPassIsLeftAsItIs() {
        RuntimeException passing = new RuntimeException("fetchers", new TimeoutException("no answer"));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new StrictReader<>(new Failing(passing)).pollNext(null))
                .isSameAs(passing);
    }

    /** A reader whose fetcher has failed. */
    private record Failing(RuntimeException failure) implements SourceReader<String, KafkaPartitionSplit> {
        @Override
        public void start() {
            // Nothing to read.
        }

        @Override
        public InputStatus pollNext(ReaderOutput<String> output) {
            throw failure;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> splits) {
            // Nothing to read.
        }

        @Override
        public void notifyNoMoreSplits() {
            // Nothing to read.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
