package io.ag06.pipeline.job;

import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.operator.scaling.Changes;
import io.ag06.pipeline.operator.scaling.LoadSums;
import io.ag06.pipeline.operator.scaling.ScaleServices;
import io.ag06.pipeline.operator.scaling.ScalingTerms;
import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingRow;
import io.ag06.pipeline.rowbinary.VersionRowEncoder;
import io.ag06.pipeline.settings.ScalingForecastSettings;
import io.ag06.pipeline.sink.clickhouse.ClickHouseSink;
import io.ag06.pipeline.sink.kafka.ScalingActions;
import io.ag06.pipeline.source.FromKafka;
import io.ag06.pipeline.source.LoadParts;
import io.ag06.pipeline.source.MinuteEnds;
import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Requests and readings in; forecasts, how good they were, and decisions on replicas out (docs/scaling.md). */
public final class ScalingForecastJob implements Job {
    public static void main(String[] arguments) throws Exception {
        new ScalingForecastJob().execute(arguments);
    }

    @Override
    public String jobName() {
        return "scaling-forecast";
    }

    @Override
    public List<Topic> topics() {
        return LoadParts.TOPICS;
    }

    @Override
    public List<Table> tables() {
        return Tables.VERSIONS;
    }

    @Override
    public void assemble(StreamExecutionEnvironment environment, List<String> arguments) {
        ScalingForecastSettings settings = ScalingForecastSettings.read(arguments);
        JobRuntime.configure(environment);
        DataStream<LoadPart> events = environment
                .fromSource(
                        FromKafka.of(settings.kafka(), topics(), new LoadParts(settings.rules())),
                        new MinuteEnds(settings.lateness()).withIdleness(settings.idleAfter()),
                        "events")
                .uid("events");
        wire(
                settings,
                events,
                rows -> rows.sinkTo(ClickHouseSink.of(
                                new VersionRowEncoder<>(ScalingRow.class, Tables.VERSIONS), settings.clickHouse()))
                        .name("ClickHouse")
                        .uid("clickhouse"),
                changes -> changes.sinkTo(ScalingActions.to(settings.kafka()))
                        .name("scaling actions")
                        .uid("scaling-actions"));
    }

    /** The graph: events are added up by minute where they are decoded, and only sums go to where a service is kept. */
    public static void wire(
            ScalingForecastSettings settings,
            DataStream<LoadPart> events,
            Consumer<DataStream<ScalingRow>> rowsOut,
            Consumer<DataStream<ScalingDecisionRow>> changesOut) {
        DataStream<ScalingRow> rows = rows(settings, events);
        rowsOut.accept(rows);
        changesOut.accept(rows.flatMap(new Changes())
                .returns(TypeInformation.of(ScalingDecisionRow.class))
                .name("changes of replicas")
                .uid("changes"));
    }

    /** The graph up to what goes to the tables. */
    static DataStream<ScalingRow> rows(ScalingForecastSettings settings, DataStream<LoadPart> events) {
        return events.transform("load by service and minute", TypeInformation.of(LoadPart.class), new LoadSums())
                .uid("load")
                .keyBy(LoadPart::service, Types.STRING)
                .transform(
                        "services",
                        TypeInformation.of(ScalingRow.class),
                        new ScaleServices(
                                terms(settings.replicas()), settings.forgetAfter(), settings.servicesInMemory()))
                .uid("services");
    }

    private static ScalingTerms terms(ScalingForecastSettings.Replicas replicas) {
        return new ScalingTerms(
                replicas.capacity(),
                replicas.startupMinutes(),
                replicas.fewest(),
                replicas.most(),
                replicas.mostMore(),
                replicas.mostFewer(),
                replicas.priceOfHour(),
                replicas.priceOfShortMinute());
    }
}
