package io.ag06.pipeline.job;

import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.operator.goldensignals.SignalsOperator;
import io.ag06.pipeline.operator.goldensignals.SlowThresholds;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import io.ag06.pipeline.rowbinary.PartialRowEncoder;
import io.ag06.pipeline.settings.GoldenSignalsSettings;
import io.ag06.pipeline.sink.clickhouse.ClickHouseSink;
import io.ag06.pipeline.source.FromKafka;
import io.ag06.pipeline.source.SignalInputs;
import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Requests, frames and readings in; sums by entity and 10 s bucket out (docs/golden-signals.md). */
public final class GoldenSignalsJob implements Job {
    public static void main(String[] arguments) throws Exception {
        new GoldenSignalsJob().execute(arguments);
    }

    @Override
    public String jobName() {
        return "golden-signals";
    }

    @Override
    public List<Topic> topics() {
        return SignalInputs.TOPICS;
    }

    @Override
    public List<Table> tables() {
        return List.of(Tables.GOLDEN_SIGNALS_PARTIALS);
    }

    @Override
    public void assemble(StreamExecutionEnvironment environment, List<String> arguments) {
        GoldenSignalsSettings settings = GoldenSignalsSettings.read(arguments);
        JobRuntime.configure(environment);
        DataStream<SignalInput> events = environment
                .fromSource(
                        FromKafka.of(settings.kafka(), topics(), new SignalInputs(settings.rules())),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .uid("events");
        wire(
                settings,
                events,
                sums -> sums.sinkTo(ClickHouseSink.of(
                                new PartialRowEncoder<>(GoldenSignalsPartialRow.class, Tables.GOLDEN_SIGNALS_PARTIALS),
                                settings.clickHouse()))
                        .name("ClickHouse")
                        .uid("clickhouse"));
    }

    /** The graph: events are added up where they are decoded, and only sums go further. */
    public static void wire(
            GoldenSignalsSettings settings,
            DataStream<SignalInput> events,
            Consumer<DataStream<GoldenSignalsPartialRow>> sumsOut) {
        sumsOut.accept(events.transform(
                        "signals by entity and bucket",
                        TypeInformation.of(GoldenSignalsPartialRow.class),
                        new SignalsOperator(
                                SlowThresholds.of(settings.slowRequest(), settings.slowFrame()), settings.mostSums()))
                .uid("signals"));
    }
}
