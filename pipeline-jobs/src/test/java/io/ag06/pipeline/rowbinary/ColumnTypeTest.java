package io.ag06.pipeline.rowbinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
    private static final ColumnType TEXT = ColumnType.anyOf("String");
    private static final ColumnType NUMBER = ColumnType.anyOf("Int64", "UInt64");

    @ParameterizedTest
    @ValueSource(strings = {"Int64", "UInt64", "LowCardinality(UInt64)"})
    void aColumnMayHaveAnyTypeOfTheSameBytes(String type) {
        assertThat(NUMBER.accepts(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Int32", "Nullable(Int64)", "String", "Array(Int64)", "Float64", "Int64x", ""})
    void andNoOther(String type) {
        assertThat(NUMBER.accepts(type)).isFalse();
    }

    @Test
    void aTimeZoneIsNotInTheBytesAndThePrecisionIs() {
        ColumnType micros = ColumnType.anyOf("DateTime64(6)");

        assertThat(micros.accepts("DateTime64(6, 'UTC')")).isTrue();
        assertThat(micros.accepts("DateTime64(6, Europe/Berlin)")).isTrue();
        assertThat(micros.accepts("DateTime64(6)")).isTrue();
        assertThat(micros.accepts("DateTime64(3, 'UTC')")).isFalse();
        assertThat(ColumnType.anyOf("Int32", "DateTime").accepts("DateTime('UTC')"))
                .isTrue();
    }

    @Test
    void whatHoldsOthersHoldsThemInTheirOrder() {
        Map<String, ColumnType> fields = new LinkedHashMap<>();
        fields.put("name", TEXT);
        fields.put("at", ColumnType.anyOf("DateTime64(6)"));
        ColumnType tuples = ColumnType.array(ColumnType.tuple(fields));

        assertThat(tuples.accepts("Array(Tuple(name LowCardinality(String), at DateTime64(6, 'UTC')))"))
                .isTrue();
        assertThat(tuples.accepts("Array(Tuple(at DateTime64(6, 'UTC'), name String))"))
                .isFalse();
        assertThat(ColumnType.map(TEXT, NUMBER).accepts("Map(LowCardinality(String), UInt64)"))
                .isTrue();
        assertThat(ColumnType.nullable(TEXT).accepts("LowCardinality(Nullable(String))"))
                .isTrue();
        assertThat(ColumnType.nullable(TEXT).accepts("String")).isFalse();
    }

    @Test
    void aPersonReadsTheTypes() {
        assertThat(ColumnType.map(TEXT, ColumnType.nullable(NUMBER)))
                .hasToString("Map(String, Nullable(Int64|UInt64))");
        assertThat(ColumnType.anyOf("DateTime64(6)")).hasToString("DateTime64(6)");
    }
}
