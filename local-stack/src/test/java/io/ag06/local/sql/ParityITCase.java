package io.ag06.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import io.ag06.pipeline.row.ScalingRow;
import io.ag06.pipeline.rowbinary.PartialRowEncoder;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.rowbinary.VersionRowEncoder;
import io.ag06.pipeline.source.FactRows;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables have the columns that the records and the rows have, in their order and of the types that the sink writes,
 * and no others, save those that {@link Tables} says the sink or the server fills.
 */
class ParityITCase {
    @TempDir
    static Path data;

    private static OwnClickHouse database;

    @BeforeAll
    static void start() {
        database = OwnClickHouse.start(data);
        database.migrate(Tables.DATABASE);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static List<Topic> topics() {
        return Topics.all();
    }

    static Stream<Table> tables() {
        return Stream.concat(
                Topics.all().stream().map(topic -> Tables.factsOf(topic.name())),
                Stream.concat(
                        Stream.of(Tables.GOLDEN_SIGNALS_PARTIALS, Tables.REJECTED_BLOCKS), Tables.VERSIONS.stream()));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aRawTableHasTheFieldsOfItsRecord(Topic topic) {
        var table = Tables.factsOf(topic.name());
        var fields = topic.schema().getFields().stream()
                .map(field -> new Column(field.name(), typeOf(field.schema())))
                .toList();
        var besideThem = Stream.of(table.offsets().topic(), "kafka_partition", "kafka_offset", "appended_at")
                .filter(name -> !name.isEmpty())
                .toList();
        assertThat(besideThem).containsAll(Tables.OF_EVERY_FACT);

        var columns = columnsOf(table);
        assertThat(columns.subList(0, fields.size())).isEqualTo(fields);
        assertThat(names(columns).subList(fields.size(), columns.size())).isEqualTo(besideThem);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void whereARecordStoodInKafkaHasTheTypesThatTheSinkWrites(Topic topic) {
        assertThat(columnsOf(Tables.factsOf(topic.name())))
                .contains(
                        new Column("kafka_partition", "Int32"),
                        new Column("kafka_offset", "Int64"),
                        new Column("appended_at", "DateTime64(3, 'UTC')"));
    }

    @Test
    void goldenSignalsPartialsHasTheComponentsOfItsRow() {
        assertThat(names(columnsOf(Tables.GOLDEN_SIGNALS_PARTIALS)))
                .isEqualTo(PartialRowEncoder.columnsOf(GoldenSignalsPartialRow.class));
    }

    @Test
    void tablesOfVersionsHaveTheComponentsOfTheirRows() {
        for (RowLayout layout : new VersionRowEncoder<>(ScalingRow.class, Tables.VERSIONS).layouts()) {
            assertThat(names(columnsOf(layout.table()))).isEqualTo(layout.columns());
        }
    }

    /** What the sink holds a table against at its start. */
    @ParameterizedTest
    @MethodSource("encoders")
    void everyColumnHasTheTypeThatIsWritten(RowEncoder<?> encoder) {
        for (RowLayout layout : encoder.layouts()) {
            var written = encoder.typesOf(layout.table());
            assertThat(written.keySet()).containsExactlyElementsOf(layout.columns());
            assertThat(columnsOf(layout.table()))
                    .allSatisfy(column -> assertThat(written.get(column.name()).accepts(column.type()))
                            .as("%s.%s, %s", layout.table().name(), column, written.get(column.name()))
                            .isTrue());
        }
    }

    static Stream<RowEncoder<?>> encoders() {
        return Stream.of(
                RowEncoder.ofEncodedRows(FactRows.layouts(), FactRows.types()),
                new PartialRowEncoder<>(GoldenSignalsPartialRow.class, Tables.GOLDEN_SIGNALS_PARTIALS),
                new VersionRowEncoder<>(ScalingRow.class, Tables.VERSIONS));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aBlockIsOnePartAndCanBeLookedUp(Table table) {
        var definition = database.column("SELECT concat(partition_key, '; ', engine_full) FROM system.tables"
                        + " WHERE database = '" + Tables.DATABASE + "' AND name = '" + table.name() + "'")
                .get(0);
        assertThat(definition)
                .startsWith(table.partitionExpression()
                        + (Tables.VERSIONS.contains(table) ? "; ReplacingMergeTree(version)" : "; MergeTree"))
                .contains("non_replicated_deduplication_window = 10000");
        assertThat(database.column("SELECT expr FROM system.data_skipping_indices WHERE database = '" + Tables.DATABASE
                        + "' AND table = '" + table.name() + "'"))
                .contains(Tables.BLOCK_COLUMN);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theSinkAndTheServerFillTheLastColumns(Table table) {
        assertThat(allColumnsOf(table))
                .endsWith(new Column("sink_block", "UInt64"), new Column("stored_at", "DateTime64(6, 'UTC')"));
    }

    @Test
    void everyTableBelongsToATopicOrToAJob() {
        var known = tables().map(Table::name).collect(Collectors.toCollection(ArrayList::new));
        known.add("flyway_schema_history");
        assertThat(database.column("SELECT name FROM system.tables WHERE database = '" + Tables.DATABASE
                        + "' AND engine != 'View'"))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    /** The columns that somebody hands to the sink. */
    private static List<Column> columnsOf(Table table) {
        return allColumnsOf(table).stream()
                .filter(column -> !Tables.FILLED_BY_SINK.contains(column.name())
                        && !Tables.FILLED_BY_SERVER.contains(column.name()))
                .toList();
    }

    /** LowCardinality is how a column is kept, not what it is: on the wire it is the type within. */
    private static List<Column> allColumnsOf(Table table) {
        return database.rows(
                "SELECT name, type FROM system.columns WHERE database = '" + Tables.DATABASE + "' AND table = '"
                        + table.name() + "' ORDER BY position",
                row -> new Column(row.getString(1), row.getString(2).replaceAll("LowCardinality\\((\\w+)\\)", "$1")));
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static String typeOf(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
            return "DateTime64(6, 'UTC')";
        }
        return switch (schema.getType()) {
            case STRING, BYTES -> "String";
            case LONG -> "Int64";
            case INT -> "Int32";
            case DOUBLE -> "Float64";
            case BOOLEAN -> "Bool";
            case ARRAY -> "Array(" + typeOf(schema.getElementType()) + ")";
            case UNION -> "Nullable(" + typeOf(schema.getTypes().get(1)) + ")";
            case RECORD ->
                schema.getFields().stream()
                        .map(field -> field.name() + " " + typeOf(field.schema()))
                        .collect(Collectors.joining(", ", "Tuple(", ")"));
            default -> throw new AssertionError("No column type is agreed on for " + schema);
        };
    }

    private record Column(String name, String type) {}
}
