package io.ag06.pipeline.job;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.EventArchiveSettings;
import io.ag06.pipeline.sink.clickhouse.ClickHouseSink;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.FromKafka;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Every topic into its raw table, what is refused into {@code dead_letters}: each Kafka record once. */
public final class EventArchiveJob implements Job {
    public static void main(String[] arguments) throws Exception {
        new EventArchiveJob().execute(arguments);
    }

    @Override
    public String jobName() {
        return "event-archive";
    }

    @Override
    public List<Topic> topics() {
        return Topics.all();
    }

    @Override
    public List<Table> tables() {
        return FactRows.layouts().stream().map(RowLayout::table).toList();
    }

    @Override
    public void assemble(StreamExecutionEnvironment environment, List<String> arguments) {
        EventArchiveSettings settings = EventArchiveSettings.read(arguments);
        JobRuntime.configure(environment);
        wire(
                environment,
                FromKafka.of(settings.kafka(), topics(), new FactRows(settings.rules())),
                rows -> rows.sinkTo(ClickHouseSink.of(
                                RowEncoder.ofEncodedRows(FactRows.layouts(), FactRows.types()), settings.clickHouse()))
                        .name("ClickHouse")
                        .uid("clickhouse"));
    }

    /** The graph: records become rows in the source, and nothing lies between it and the tables. */
    public static void wire(
            StreamExecutionEnvironment environment,
            Source<EncodedRow, ?, ?> rows,
            Consumer<DataStream<EncodedRow>> rowsOut) {
        rowsOut.accept(environment
                .fromSource(rows, WatermarkStrategy.noWatermarks(), "events as rows")
                .uid("events"));
    }
}
