package io.ag06.pipeline.rowbinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ag06.pipeline.row.BinCounts;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialRowEncoderTest {
    private static final Table BY_SECONDS = new Table("sums", "window_start", OffsetColumns.OF_PARTIALS);
    private static final Table BY_INSTANT = new Table("sums", "seen_at", OffsetColumns.OF_PARTIALS);
    private static final int NOON = 1_772_366_400; // 2026-03-01T12:00:00Z

    @Test
    void componentsAreColumnsInSnakeCase() {
        assertThat(new PartialRowEncoder<>(Row.class, BY_SECONDS).layouts())
                .containsExactly(new RowLayout(
                        BY_SECONDS,
                        List.of(
                                "window_start",
                                "seen_at",
                                "is_open",
                                "latency_bins",
                                "bins_of_arrays",
                                "share",
                                "sequence_min",
                                "share_max",
                                "kafka_topic",
                                "kafka_partition",
                                "offset_first",
                                "offset_last")));
    }

    @Test
    void everyTypeIsWrittenAsItsColumnHoldsIt() {
        EncodedRow row = new PartialRowEncoder<>(Row.class, BY_SECONDS).encode(row(NOON, 7L, 0.5));

        assertThat(HexFormat.of().withUpperCase().formatHex(row.bytes()))
                .isEqualTo(
                        ("40 2A A4 69" // window_start, DateTime
                                        + "40 42 0F 00 00 00 00 00" // seen_at, 1 s in microseconds
                                        + "01" // is_open
                                        + "02 0100 0500000000000000 0300 0900000000000000" // latency_bins
                                        + "02 0200 0700000000000000 FF07 0100000000000000" // bins_of_arrays
                                        + "000000000000E03F" // share
                                        + "00 0700000000000000" // sequence_min
                                        + "00 000000000000E03F" // share_max
                                        + "01 74" // kafka_topic
                                        + "03000000" // kafka_partition
                                        + "0A00000000000000" // offset_first
                                        + "1400000000000000") // offset_last
                                .replace(" ", ""));
        assertThat(row.table()).isEqualTo("sums");
        assertThat(row.kafkaTopic()).isEqualTo("t");
        assertThat(row.kafkaPartition()).isEqualTo(3);
        assertThat(row.offsetFirst()).isEqualTo(10);
        assertThat(row.offsetLast()).isEqualTo(20);
    }

    @Test
    void whatIsAbsentIsAFlagAlone() {
        var encoder = new PartialRowEncoder<>(Row.class, BY_SECONDS);

        byte[] present = encoder.encode(row(NOON, 7L, 0.5)).bytes();
        byte[] absent = encoder.encode(row(NOON, null, null)).bytes();

        assertThat(absent).hasSize(present.length - 2 * Long.BYTES);
        assertThat(absent[4 + 8 + 1 + 21 + 21 + 8]).isEqualTo((byte) 1);
        assertThat(absent[4 + 8 + 1 + 21 + 21 + 8 + 1]).isEqualTo((byte) 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "86399, 0",
        "86400, 1",
        "1772366400, 20513",
        // 2038-01-19T03:14:08Z and 2106-02-07T06:28:15Z, as the unsigned seconds of a DateTime.
        "-2147483648, 24855",
        "-1, 49710"
    })
    void theDayOfASecondIsItsPartition(int seconds, int day) {
        assertThat(new PartialRowEncoder<>(Row.class, BY_SECONDS)
                        .encode(row(seconds, null, null))
                        .partitionDay())
                .isEqualTo(day);
    }

    @Test
    void theDayOfAnInstantIsItsPartition() {
        assertThat(new PartialRowEncoder<>(Row.class, BY_INSTANT)
                        .encode(row(NOON, null, null))
                        .partitionDay())
                .isZero();
    }

    @Test
    void anEncoderThatTravelledWritesTheSame() throws Exception {
        var encoder = new PartialRowEncoder<>(Row.class, BY_SECONDS);

        var travelled = InstantiationUtil.clone(encoder);

        assertThat(travelled.encode(row(NOON, 7L, 0.5)).bytes())
                .isEqualTo(encoder.encode(row(NOON, 7L, 0.5)).bytes());
    }

    @Test
    void aRecordThatDoesNotSayWhereItCameFromIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartialRowEncoder<>(Homeless.class, BY_SECONDS))
                .withMessageContaining("no component for the column kafka_topic");
    }

    private static Row row(int windowStart, Long sequenceMin, Double shareMax) {
        Map<Short, Long> bins = new TreeMap<>(Map.of((short) 1, 5L, (short) 3, 9L));
        BinCounts arrays = new BinCounts(new short[] {2, 2047}, new long[] {7, 1});
        return new Row(
                windowStart, Instant.ofEpochSecond(1), true, bins, arrays, 0.5, sequenceMin, shareMax, "t", 3, 10, 20);
    }

    /** A row with a component of every type. */
    public record Row(
            int windowStart,
            Instant seenAt,
            boolean isOpen,
            Map<Short, Long> latencyBins,
            BinCounts binsOfArrays,
            double share,
            Long sequenceMin,
            Double shareMax,
            String kafkaTopic,
            int kafkaPartition,
            long offsetFirst,
            long offsetLast) {}

    /** A row without an origin. */
    public record Homeless(int windowStart) {}
}
