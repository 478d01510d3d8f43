package io.ag06.local.deadletters;

import com.clickhouse.client.api.data_formats.RowBinaryFormatReader;
import com.clickhouse.client.api.data_formats.internal.BinaryStreamReader;
import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseColumn;
import io.ag06.local.StackException;
import io.ag06.sql.Table;
import java.io.InputStream;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of a refused block: RowBinary, read with the types that the table's columns have today. */
final class BlockRows {
    private final Table table;
    private final TableSchema schema;

    /** @param columns name and type of each column, in the order of the rows */
    BlockRows(Table table, List<ClickHouseColumn> columns) {
        this.table = table;
        this.schema = new TableSchema(columns);
    }

    /**
     * Hands over each row, its values by column.
     *
     * @throws StackException where the bytes are no such rows: that may be why they were refused
     */
    @SuppressWarnings("try") // close() declares Exception, of which an interrupt would be one; it never waits.
    void forEach(InputStream payload, Consumer<Map<String, Object>> taker) {
        try (RowBinaryFormatReader reader = new RowBinaryFormatReader(
                payload,
                new QuerySettings().setUseTimeZone("UTC"),
                schema,
                new BinaryStreamReader.DefaultByteBufferAllocator())) {
            for (Map<String, Object> row = reader.next(); row != null; row = reader.next()) {
                taker.accept(row);
            }
        } catch (Exception e) { // What close() declares; reading throws several kinds.
            throw new StackException(
                    "The rows of a block for %s can't be read: %s".formatted(table.name(), e.getMessage()), e);
        }
    }

    /** A row's values as JSON can say them. */
    static Map<String, Object> readable(Map<String, Object> row) {
        Map<String, Object> values = new LinkedHashMap<>();
        row.forEach((column, value) -> values.put(column, readable(value)));
        return values;
    }

    private static Object readable(Object value) {
        if (value instanceof BinaryStreamReader.ArrayValue array) {
            return array.asList().stream().map(BlockRows::readable).toList();
        }
        if (value instanceof Object[] tuple) {
            return Arrays.stream(tuple).map(BlockRows::readable).toList();
        }
        return value instanceof TemporalAccessor ? value.toString() : value;
    }

    /** The records that a row was made of. */
    RecordRange recordsOf(Map<String, Object> row) {
        String topicColumn = table.offsets().topic();
        return new RecordRange(
                topicColumn.isEmpty() ? WrittenTables.topicOf(table) : (String) row.get(topicColumn),
                ((Number) row.get("kafka_partition")).intValue(),
                ((Number) row.get(table.offsets().first())).longValue(),
                ((Number) row.get(table.offsets().last())).longValue());
    }
}
