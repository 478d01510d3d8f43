package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.service.ServiceScaling;
import io.ag06.pipeline.job.ScalingForecastJob;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ScalingAction;
import io.ag06.schemas.Topics;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than a week in the life of two services, in a Kafka of its own: what the job has stored when it has read it is
 * what the forecaster says of the same counts, and what autoscalers ask for; though on its way it was stopped and went
 * on with another parallelism.
 *
 * <p>It ends with this minute, since what autoscalers read tells of now, and tables forget what is old. Counts are the
 * same in each run, by how long after the beginning their minute is; only how far into its last hour it goes differs.
 */
@ExtendWith(StackExtension.class)
class ScalingForecastITCase {
    private static final String DATABASE = "a_week";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> NUMBERS = List.of("mean", "lo80", "hi80", "lo95", "hi95");

    @TempDir
    Path folder;

    @Test
    void aWeekIsForecastAsTheForecasterSaysAndDecided(LocalStack stack) throws Exception {
        ClickHouseAddress clickHouse = stack.clickHouse();
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), DATABASE);
        SimulatedWeek week = SimulatedWeek.endingAt(Instant.now().truncatedTo(ChronoUnit.MINUTES));
        try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0)) {
            kafka.createTopics(Topics.all());
            week.sendTo(kafka.bootstrapServers());
            JobClient job = start(stack, kafka, 1, SavepointRestoreSettings.none());
            try {
                aThirdOfItIsDecided(stack, week);
                String savepoint = job.stopWithSavepoint(
                                false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
                job = start(stack, kafka, 2, SavepointRestoreSettings.forPath(savepoint));
                everyMinuteIsDecidedOnce(stack, week);
                aFreshNumberIsRecommended(stack);
                whatIsNotSureIsTheReactiveRules(stack);
                forecastsAreThoseOfTheForecaster(stack, week);
                accuracyIsToldByHorizon(stack);
                whatAReplicaCarriesWasLearned(stack);
                theLedgerKnowsOfTheDeadSensorAndTheMatch(stack, week);
                actionsAreTheChangesOfTheLedger(stack, kafka);
            } finally {
                job.cancel().get();
            }
        }
    }

    /** On RocksDB, as every job. */
    private JobClient start(LocalStack stack, LocalKafka kafka, int parallelism, SavepointRestoreSettings from)
            throws Exception {
        Configuration configuration = FlinkJobs.configurationOf(folder.resolve("checkpoints"));
        SavepointRestoreSettings.toConfiguration(from, configuration);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        URI flink = stack.flink().rest();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(flink.getHost(), flink.getPort(), configuration);
        environment.setParallelism(parallelism);
        List<String> settings = new ArrayList<>(stack.clickHouse().asJobSettings());
        settings.removeIf(setting -> setting.startsWith("clickhouse.database="));
        settings.addAll(List.of(
                "clickhouse.database=" + DATABASE,
                "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "scaling.lateness=0 s",
                "scaling.capacity=20"));
        new ScalingForecastJob().assemble(environment, settings);
        return environment.executeAsync("scaling-forecast of " + DATABASE);
    }

    private static void aThirdOfItIsDecided(LocalStack stack, SimulatedWeek week) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> rows(stack, "SELECT count() AS entries FROM scaling_decisions_versions")
                                .get(0)
                                .get("entries")
                                .asInt()
                        >= 2 * week.minutes() / 3);
    }

    private static void everyMinuteIsDecidedOnce(LocalStack stack, SimulatedWeek week) {
        String expected = "{\"service\":\"%%s\",\"entries\":%1$d,\"minutes\":%1$d,\"last\":%2$d}"
                .formatted(week.minutes(), week.end().getEpochSecond());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(rows(stack, """
                                SELECT service, count() AS entries, uniqExact(decided_at) AS minutes,
                                    toUnixTimestamp(max(decided_at)) AS last
                                FROM scaling_decisions_versions GROUP BY service ORDER BY service
                                """))
                        .extracting(JsonNode::toString)
                        .containsExactly(
                                expected.formatted(SimulatedWeek.MATCH), expected.formatted(SimulatedWeek.SENSOR)));
    }

    private static void aFreshNumberIsRecommended(LocalStack stack) {
        for (JsonNode now : rows(stack, "SELECT * FROM v_scaling_now")) {
            assertThat(now.get("confidence").asText()).as(now.toString()).isEqualTo("forecast");
            assertThat(now.get("recommended_replicas").asInt()).isPositive();
            assertThat(now.get("next_hour_lo80").asDouble())
                    .isLessThanOrEqualTo(now.get("next_hour_mean").asDouble());
            assertThat(now.get("next_hour_mean").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(now.get("next_hour_hi80").asDouble());
        }
    }

    /** Its own errors the forecaster knows after a day and a half; and a minute that was not measured is not sure. */
    private static void whatIsNotSureIsTheReactiveRules(LocalStack stack) {
        assertThat(rows(stack, """
                        SELECT service, minIf(decided_at, confident) - min(decided_at) AS unsure_for,
                            countIf(NOT confident AND reason = 'unsure') AS unsure,
                            countIf(NOT confident AND reason NOT IN ('unsure', 'unmeasured')) AS odd,
                            countIf(reason = 'unsure' AND desired_replicas != reactive_desired) AS other
                        FROM scaling_decisions GROUP BY service
                        """)).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("unsure_for").asInt()).isBetween(36 * 3600, 42 * 3600);
            assertThat(row.get("unsure").asInt()).isBetween(36 * 60, 42 * 60);
            assertThat(row.get("odd").asInt()).isZero();
            assertThat(row.get("other").asInt()).isZero();
        });
    }

    private void forecastsAreThoseOfTheForecaster(LocalStack stack, SimulatedWeek week) throws IOException {
        same(stack, week, 1, ServiceScaling.MINUTES);
        same(stack, week, 60, ServiceScaling.HOURS);
    }

    private void same(LocalStack stack, SimulatedWeek week, int stepMinutes, ForecastSettings settings)
            throws IOException {
        Path printed = folder.resolve("forecasts-" + stepMinutes + ".csv");
        ForecastRun run = new ForecastRun(week.series(folder, stepMinutes), settings);
        run.run(false, () -> {}).writeForecasts(Optional.of(OutputFile.at(printed)));
        List<String[]> expected = Files.readAllLines(printed).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        Map<String, List<JsonNode>> stored = new TreeMap<>();
        rows(stack, """
                        SELECT concat(service, '@', toString(toUnixTimestamp(made_at))) AS id, *
                        FROM scaling_forecasts
                        WHERE step_seconds = %d AND toUnixTimestamp(made_at) IN (%s)
                        ORDER BY id, ahead
                        """.formatted(60 * stepMinutes, String.join(", ", moments(week))))
                .forEach(row -> stored.computeIfAbsent(row.get("id").asText(), id -> new ArrayList<>())
                        .add(row));
        assertThat(expected).hasSizeGreaterThanOrEqualTo(2 * 4 * settings.horizon());
        assertThat(stored.values().stream().mapToInt(List::size).sum()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            String[] line = expected.get(i);
            JsonNode row = stored.get(line[0]).get(i % settings.horizon());
            for (int number = 0; number < NUMBERS.size(); number++) {
                double value = Double.parseDouble(line[2 + number]);
                assertThat(row.get(NUMBERS.get(number)).asDouble())
                        .as("%s %s", line[0], row)
                        .isCloseTo(value, within(1e-9 * Math.abs(value)));
            }
            assertThat(row.get("model").asText()).isEqualTo(line[7]);
        }
    }

    private static List<String> moments(SimulatedWeek week) {
        return week.minutesOfInterest().stream()
                .map(minute -> Long.toString(week.at(minute).getEpochSecond()))
                .toList();
    }

    private static void accuracyIsToldByHorizon(LocalStack stack) {
        List<JsonNode> horizons = rows(stack, """
                SELECT step_seconds, ahead, avg(mase) AS mase, avg(coverage80) AS coverage80, avg(coverage95) AS coverage95
                FROM forecast_accuracy WHERE window_start >= now() - INTERVAL 3 DAY
                GROUP BY step_seconds, ahead ORDER BY step_seconds, ahead
                """);
        assertThat(horizons)
                .extracting(row ->
                        row.get("step_seconds").asInt() + "/" + row.get("ahead").asInt())
                .containsExactly(
                        "60/1", "60/5", "60/15", "60/30", "60/60", "3600/1", "3600/6", "3600/12", "3600/24", "3600/48");
        // Counts as Poisson's differ from day to day by more than a forecast errs.
        assertThat(horizons.get(0).get("mase").asDouble()).isBetween(0.2, 1.0);
        assertThat(horizons.get(0).get("coverage80").asDouble()).isBetween(0.7, 0.95);
        assertThat(horizons.get(0).get("coverage95").asDouble()).isBetween(0.88, 1.0);
    }

    private static void whatAReplicaCarriesWasLearned(LocalStack stack) {
        assertThat(rows(stack, """
                        SELECT argMax(capacity, decided_at) AS capacity, argMax(capacity_learned, decided_at) AS learned
                        FROM scaling_decisions GROUP BY service
                        """)).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("learned").asBoolean()).isTrue();
            assertThat(row.get("capacity").asDouble()).isCloseTo(SimulatedWeek.CAPACITY, within(0.1));
        });
    }

    private static void theLedgerKnowsOfTheDeadSensorAndTheMatch(LocalStack stack, SimulatedWeek week) {
        JsonNode dead = rows(stack, """
                        SELECT countIf(load IS NULL) AS unmeasured, countIf(reason = 'unmeasured') AS said,
                            countIf(desired_replicas < current_replicas) AS taken
                        FROM scaling_decisions
                        WHERE service = '%s' AND decided_at > fromUnixTimestamp(%d) AND decided_at <= fromUnixTimestamp(%d)
                        """.formatted(
                                SimulatedWeek.SENSOR,
                                week.deadFrom().getEpochSecond(),
                                week.deadFrom().getEpochSecond() + 60L * SimulatedWeek.DEAD_MINUTES))
                .get(0);
        assertThat(dead.get("unmeasured").asInt()).isEqualTo(SimulatedWeek.DEAD_MINUTES);
        assertThat(dead.get("said").asInt()).isEqualTo(SimulatedWeek.DEAD_MINUTES);
        assertThat(dead.get("taken").asInt()).isZero();

        JsonNode match = rows(stack, """
                        SELECT avgIf(desired_replicas, decided_at > fromUnixTimestamp(%1$d)) AS then,
                            avgIf(desired_replicas, decided_at <= fromUnixTimestamp(%1$d)) AS before
                        FROM scaling_decisions
                        WHERE service = '%2$s' AND decided_at BETWEEN fromUnixTimestamp(%1$d) - 3600 AND fromUnixTimestamp(%1$d) + 3600
                        """.formatted(week.matchBegins().getEpochSecond(), SimulatedWeek.MATCH))
                .get(0);
        assertThat(match.get("then").asDouble())
                .as(match.toString())
                .isGreaterThan(1.5 * match.get("before").asDouble());
    }

    private static void actionsAreTheChangesOfTheLedger(LocalStack stack, LocalKafka kafka) throws Exception {
        List<String> changes =
                rows(stack, """
                        SELECT concat(service, '@', formatDateTime(decided_at, '%Y-%m-%dT%H:%i:%SZ'), ' ', action, ' ',
                            toString(current_replicas), ' ', toString(desired_replicas)) AS action
                        FROM scaling_decisions WHERE desired_replicas != current_replicas ORDER BY action
                        """).stream().map(row -> row.get("action").asText()).toList();
        assertThat(actions(kafka)).isEqualTo(changes).isNotEmpty();
    }

    private static List<String> actions(LocalKafka kafka) throws Exception {
        RecordCodec<ScalingAction> codec = RecordCodec.of(ScalingAction.class);
        List<String> actions = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(
                    new TopicPartition(Topics.SCALING_ACTIONS.name(), 0),
                    new TopicPartition(Topics.SCALING_ACTIONS.name(), 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    ScalingAction action = codec.decode(record.value());
                    actions.add("%s %s %d %d"
                            .formatted(
                                    action.getActionId(),
                                    action.getAction(),
                                    action.getCurrentReplicas(),
                                    action.getDesiredReplicas()));
                }
            }
        }
        actions.sort(Comparator.naturalOrder());
        return actions;
    }

    private static List<JsonNode> rows(LocalStack stack, String query) {
        return stack.sql().rows(query.replaceAll("(FROM|JOIN) (\\w+)", "$1 " + DATABASE + ".$2"));
    }
}
