package io.ag06.pipeline.rowbinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class VersionRowEncoderTest {
    private static final Table CURVES = new Table("curves_versions", "made_at", OffsetColumns.NONE);
    private static final Table POINTS = new Table("points_versions", "seen_at", OffsetColumns.NONE);
    private static final int NOON = 1_772_366_400; // 2026-03-01T12:00:00Z
    private static final int DAY = 20_513;

    private final VersionRowEncoder<Either> encoder = new VersionRowEncoder<>(Either.class, List.of(CURVES, POINTS));

    @Test
    void eachComponentOfTheElementIsATablesRow() {
        assertThat(encoder.layouts())
                .containsExactly(
                        new RowLayout(CURVES, List.of("made_at", "mean", "model")),
                        new RowLayout(POINTS, List.of("seen_at", "load")));
    }

    @Test
    void theRowThatIsThereIsWritten() throws Exception {
        EncodedRow curve =
                encoder.encode(new Either(new Curve(NOON, new double[] {0.5, 2}, new String[] {"a", "bc"}), null));
        assertThat(HexFormat.of().withUpperCase().formatHex(curve.bytes()))
                .isEqualTo("402AA469" + "02000000000000E03F0000000000000040" + "0201610262" + "63");
        assertThat(curve.table()).isEqualTo("curves_versions");
        assertThat(curve.partitionDay()).isEqualTo(DAY);

        VersionRowEncoder<Either> travelled = InstantiationUtil.clone(encoder);
        EncodedRow point = travelled.encode(new Either(null, new Point(NOON, null)));
        assertThat(HexFormat.of().withUpperCase().formatHex(point.bytes())).isEqualTo("402AA46901");
        assertThat(point.table()).isEqualTo("points_versions");
    }

    @Test
    void anElementWithoutARowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(new Either(null, null)));
    }

    @SuppressWarnings("ArrayRecordComponent")
    public record Curve(int madeAt, double[] mean, String[] model) {}

    public record Point(int seenAt, Double load) {}

    public record Either(Curve curve, Point point) {}
}
