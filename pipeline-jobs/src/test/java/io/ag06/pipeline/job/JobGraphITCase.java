package io.ag06.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.analytics.scaling.service.ServiceMemory;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingRow;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.settings.GoldenSignalsSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // The iterator's close() declares Exception, of which an interrupt would be one.
class JobGraphITCase {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @Test
    void theArchivesOperatorsKeepTheirIds() {
        // A savepoint finds its state by these; changing one loses the job's position.
        assertThat(operatorsOf(new EventArchiveJob()))
                .containsExactlyInAnyOrder(
                        "events: Source: events as rows",
                        "clickhouse: ClickHouse: Writer",
                        "clickhouse: Delivery: ClickHouse: Delivery",
                        "Sink Committer: clickhouse: ClickHouse: Committer");
    }

    @Test
    void goldenSignalsOperatorsKeepTheirIds() {
        assertThat(operatorsOf(new GoldenSignalsJob()))
                .containsExactlyInAnyOrder(
                        "events: Source: events",
                        "signals: signals by entity and bucket",
                        "clickhouse: ClickHouse: Writer",
                        "clickhouse: Delivery: ClickHouse: Delivery",
                        "Sink Committer: clickhouse: ClickHouse: Committer");
    }

    @Test
    void scalingForecastsOperatorsKeepTheirIds() {
        assertThat(operatorsOf(new ScalingForecastJob()))
                .containsExactlyInAnyOrder(
                        "events: Source: events",
                        "load: load by service and minute",
                        "services: services",
                        "changes: changes of replicas",
                        "clickhouse: ClickHouse: Writer",
                        "clickhouse: Delivery: ClickHouse: Delivery",
                        "Sink Committer: clickhouse: ClickHouse: Committer",
                        "scaling-actions: scaling actions: Writer",
                        "Sink Committer: scaling-actions: scaling actions: Committer");
    }

    private static List<String> operatorsOf(Job job) {
        var environment = StreamExecutionEnvironment.getExecutionEnvironment();
        job.assemble(environment, List.of());
        return environment.getStreamGraph().getStreamNodes().stream()
                .map(node -> node.getTransformationUID() + ": " + node.getOperatorName())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                EncodedRow.class,
                SignalInput.class,
                GoldenSignalsPartialRow.class,
                LoadPart.class,
                ScalingRow.class,
                ScalingDecisionRow.class,
                MinuteLoad.class,
                ServiceMemory.class
            })
    void whatTravelsBetweenOperatorsOrIsRememberedIsSerialisedWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @Test
    void goldenSignalsOfABoundedInputAreComplete() throws Exception {
        List<SignalInput> events = new ArrayList<>();
        for (int offset = 0; offset < 100; offset++) {
            events.add(SignalInput.of("ag06.service-requests", 0, offset, request(offset)));
        }
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        List<CloseableIterator<GoldenSignalsPartialRow>> results = new ArrayList<>();

        GoldenSignalsJob.wire(
                GoldenSignalsSettings.read(List.of("signals.slow-request=1 ms")),
                environment.fromData(SignalInput.class, events.toArray(SignalInput[]::new)),
                sums -> results.add(sums.collectAsync()));
        environment.execute("golden signals of a bounded input");

        try (var rows = results.get(0)) {
            assertThat(rows).toIterable().singleElement().satisfies(row -> {
                assertThat(row.entityId()).isEqualTo("preset-sync");
                assertThat(row.events()).isEqualTo(100);
                assertThat(row.errors()).isEqualTo(10);
                assertThat(row.bytes()).isEqualTo(300);
                assertThat(row.slowEvents()).isEqualTo(50);
                assertThat(row.windowStart()).isEqualTo(1_772_366_400);
                assertThat(row.offsetFirst()).isZero();
                assertThat(row.offsetLast()).isEqualTo(99);
            });
        }
    }

    private static RequestEvent request(int i) {
        int status = i % 10 == 0 ? 500 : 200;
        long durationUs = i % 2 == 0 ? 900 : 1_100;
        return new RequestEvent(
                1_772_366_400_000_000L + i, "preset-sync", "GET", "eu", status, false, durationUs, 1, 2);
    }

    @Test
    void jobsAreFoundByName() {
        assertThat(Jobs.all())
                .allSatisfy(job -> assertThat(Jobs.named(job.jobName())).isSameAs(job));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jobs.named("golden-signal"))
                .withMessageContaining("there are: event-archive, golden-signals, scaling-forecast");
    }
}
