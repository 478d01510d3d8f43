package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.ClickHouseSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

/** A start that fails, however it does, leaves no client behind. */
class ClickHouseSinkTest {
    private final AtomicReference<FakeClickHouse> opened = new AtomicReference<>();

    @Test
    void aTableThatIsRefused() {
        ClickHouseSink<EncodedRow> sink = sink(List.of(Blocks.LAYOUT), new FakeClickHouse().withWindow(1));

        assertThatExceptionOfType(FlinkRuntimeException.class)
                .isThrownBy(() -> sink.createWriter(context(WriterInitContext.class)));

        assertThat(opened.get().isClosed()).isTrue();
    }

    @Test
    void aClientThatThrows() {
        ClickHouseSink<EncodedRow> sink = sink(List.of(Blocks.LAYOUT), new FakeClickHouse().throwing());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sink.createWriter(context(WriterInitContext.class)));

        assertThat(opened.get().isClosed()).isTrue();
    }

    @Test
    void aContextThatThrows() {
        ClickHouseSink<EncodedRow> sink = sink(List.of(Blocks.LAYOUT), new FakeClickHouse());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sink.createWriter(withoutAnything(WriterInitContext.class)));

        assertThat(opened.get().isClosed()).isTrue();
    }

    @Test
    void aCommitterWhoseMetricsCanNotBeShown() {
        ClickHouseSink<EncodedRow> sink = sink(List.of(Blocks.LAYOUT), new FakeClickHouse());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sink.createCommitter(withoutAnything(CommitterInitContext.class)));

        assertThat(opened.get()).isNull();
    }

    private ClickHouseSink<EncodedRow> sink(List<RowLayout> layouts, FakeClickHouse clickHouse) {
        ClickHouseSettings settings = SinkSettings.withoutServer(0, Path.of("/nowhere"), false);
        return ClickHouseSink.of(RowEncoder.ofEncodedRows(layouts), settings, () -> {
            opened.set(clickHouse);
            return clickHouse;
        });
    }

    private static <C> C withoutAnything(Class<C> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    /** One that has metrics, and nothing else. */
    private static <C> C context(Class<C> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("metricGroup")) {
                        return UnregisteredMetricsGroup.createSinkWriterMetricGroup();
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
