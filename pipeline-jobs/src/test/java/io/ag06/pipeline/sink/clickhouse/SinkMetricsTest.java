package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SinkMetricsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Shown shown = new Shown();
    private final SinkMetrics metrics = new SinkMetrics(nanos::get).shownIn(shown);
    private final FakeClickHouse clickHouse = new FakeClickHouse();
    private final BlockDelivery delivery =
            new BlockDelivery(clickHouse, patience(Duration.ofNanos(1)), InstantSource.system(), metrics);

    @Test
    void aWaitBeginsWithTheFirstFailureAndGrowsUntilItEnds() {
        metrics.attemptFailed();
        assertThat(shown.get(SinkMetrics.WAITING_MS)).isEqualTo(1); // It has only begun, and is one.
        pass(Duration.ofSeconds(3));
        metrics.attemptFailed();
        pass(Duration.ofSeconds(2));

        assertThat(shown.get(SinkMetrics.WAITING_MS)).isEqualTo(5_000);
        assertThat(shown.get(SinkMetrics.WAITED_MS)).isEqualTo(5_000);
        assertThat(shown.get(SinkMetrics.FAILED_ATTEMPTS)).isEqualTo(2);

        metrics.waitEnded();
        pass(Duration.ofSeconds(10));

        assertThat(shown.get(SinkMetrics.WAITING_MS)).isZero();
        assertThat(shown.get(SinkMetrics.WAITED_MS)).isEqualTo(5_000);
    }

    @Test
    void waitsAddUp() {
        for (int wait = 0; wait < 3; wait++) {
            metrics.attemptFailed();
            pass(Duration.ofSeconds(2));
            metrics.waitEnded();
        }

        assertThat(shown.get(SinkMetrics.WAITED_MS)).isEqualTo(6_000);
    }

    @Test
    void withoutAFailureNothingWaits() throws Exception {
        delivery.deliver(Blocks.block());

        assertThat(shown.get(SinkMetrics.WAITING_MS)).isZero();
        assertThat(shown.get(SinkMetrics.FAILED_ATTEMPTS)).isZero();
        assertThat(shown.get(SinkMetrics.BLOCKS_SENT)).isEqualTo(1);
        assertThat(shown.get(SinkMetrics.ROWS_STORED)).isEqualTo(Blocks.block().rows());
    }

    @Test
    void aBlockThatIsFoundCountsAsStoredAndNotAsSent() throws Exception {
        clickHouse.next(Accident.STORED_UNANSWERED);
        Block block = Blocks.block();

        delivery.deliver(block);

        assertThat(shown.get(SinkMetrics.FAILED_ATTEMPTS)).isEqualTo(1);
        assertThat(shown.get(SinkMetrics.BLOCKS_SENT)).isZero();
        assertThat(shown.get(SinkMetrics.BLOCKS_FOUND)).isEqualTo(1);
        assertThat(shown.get(SinkMetrics.ROWS_STORED)).isEqualTo(block.rows());
    }

    @Test
    void aRefusedBlockIsCountedAsThatAndItsRowsAreNotStored() throws Exception {
        clickHouse.next(Accident.REFUSED);

        delivery.deliver(Blocks.block());

        assertThat(shown.get(SinkMetrics.BLOCKS_REJECTED)).isEqualTo(1);
        assertThat(shown.get(SinkMetrics.BLOCKS_SENT)).isZero();
        assertThat(shown.get(SinkMetrics.ROWS_STORED)).isZero();
    }

    @Test
    void aWaitCanBeSeenWhileItGoesOnAndIsOverWhenItIsBrokenOff() throws Exception {
        clickHouse.goAway();
        BlockDelivery patient =
                new BlockDelivery(clickHouse, patience(Duration.ofHours(1)), InstantSource.system(), metrics);
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            begun.countDown();
            patient.deliver(Blocks.block());
            return null;
        });
        Thread task = new Thread(waiting, "task");
        task.start();
        begun.await();

        org.awaitility.Awaitility.await().until(() -> shown.get(SinkMetrics.WAITING_MS) > 0);
        task.interrupt();

        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(shown.get(SinkMetrics.WAITING_MS)).isZero();
    }

    @Test
    void spilledBytesAddUp() {
        metrics.spilled(10);
        metrics.spilled(32);

        assertThat(shown.get(SinkMetrics.SPILLED_BYTES)).isEqualTo(42);
    }

    private Patience patience(Duration pause) {
        return new Patience(pause, pause, metrics);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Keeps the gauges that are shown in it. */
    private static final class Shown extends UnregisteredMetricsGroup {
        private final Map<String, Gauge<?>> gauges = new HashMap<>();

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        long get(String name) {
            return (Long) gauges.get(name).getValue();
        }
    }
}
