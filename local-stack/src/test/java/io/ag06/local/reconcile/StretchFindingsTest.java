package io.ag06.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StretchFindingsTest {
    private static final OffsetRanges RECORDS = OffsetRanges.of(0, 99);

    @Test
    void stretchesThatCoverAndCountEveryRecordOnceAreRight() {
        StretchFindings found = find(RECORDS, 100, stretch(0, 49, 50), stretch(50, 99, 50));

        assertRight(found);
        assertThat(found.events()).isEqualTo(100);
        assertThat(found.records()).isEqualTo(100);
        assertThat(found.stretches()).isEqualTo(2);
    }

    @Test
    void aStretchMayHaveOffsetsThatAreNoRecords() {
        OffsetRanges records = OffsetRanges.of(0, 9).plus(OffsetRanges.of(12, 19));

        assertRight(find(records, 20, stretch(0, 19, 18)));
    }

    @Test
    void aRecordBetweenStretchesIsMissing() {
        StretchFindings found = find(RECORDS, 100, stretch(0, 49, 50), stretch(53, 99, 47));

        assertThat(found.missing()).hasToString("50..52");
        assertThat(found.notCovered().count()).isEqualTo(3);
    }

    @Test
    void aStretchThatCountsTooFewLacksThem() {
        StretchFindings found = find(RECORDS, 100, stretch(0, 49, 48), stretch(50, 99, 50));

        assertThat(found.missing()).hasToString("0..49");
        assertThat(found.notCounted()).isEqualTo(2);
    }

    @Test
    void aStretchThatCountsTooManyHasThemTwice() {
        StretchFindings found = find(RECORDS, 100, stretch(0, 49, 53), stretch(50, 99, 50));

        assertThat(found.doubled()).hasToString("0..49");
        assertThat(found.surplus()).isEqualTo(3);
        assertThat(found.missing().isEmpty()).isTrue();
    }

    @Test
    void stretchesThatOverlapHaveTheRecordsInBoth() {
        StretchFindings found = find(RECORDS, 100, stretch(0, 59, 60), stretch(50, 99, 50));

        assertThat(found.doubled()).hasToString("50..59");
        assertThat(found.overlap()).isEqualTo(10);
    }

    @Test
    void rowsOfAStretchThatAreThereTwiceAreCountedOnce() {
        StretchFindings found = find(RECORDS, 100, new Stretch(0, 99, 200, 4, 2));

        assertThat(found.doubled()).hasToString("0..99");
        assertThat(found.surplus()).isEqualTo(100);
    }

    @Test
    void rowsThatCountNothingMayBeThereTwiceAllTheSame() {
        List<Stretch> twice = List.of(new Stretch(0, 99, 0, 4, 2));
        StretchFindings found = new StretchFindings(twice, 0, 100, 100, null);
        found.add(RECORDS, twice);

        assertThat(found.surplus()).isEqualTo(2);
        assertThat(found.missing().isEmpty()).isTrue();
    }

    @Test
    void whatLiesBeyondThePositionIsYetToCome() {
        StretchFindings found = find(RECORDS, 60, stretch(0, 49, 50), stretch(50, 69, 3));

        assertThat(found.missing().isEmpty()).isTrue();
        assertThat(found.doubled().isEmpty()).isTrue();
        assertThat(found.pending()).isEqualTo(30);
    }

    @Test
    void aRecordWithoutARowMayBeAnEventAllTheSame() {
        List<Stretch> whole = List.of(stretch(0, 99, 100));
        StretchFindings found = new StretchFindings(whole, 0, 100, 100, OffsetRanges.of(40, 42));
        found.add(RECORDS.minus(OffsetRanges.of(40, 42)), whole);

        assertRight(found);
    }

    private static StretchFindings find(OffsetRanges records, long limit, Stretch... stretches) {
        StretchFindings found = new StretchFindings(List.of(stretches), 0, 100, limit, OffsetRanges.NONE);
        found.add(records, List.of(stretches));
        return found;
    }

    private static Stretch stretch(long first, long last, long events) {
        return new Stretch(first, last, events, 2, 2);
    }

    private static void assertRight(StretchFindings found) {
        assertThat(found.missing().isEmpty()).isTrue();
        assertThat(found.doubled().isEmpty()).isTrue();
        assertThat(found.notCounted() + found.overlap() + found.surplus() + found.pending())
                .isZero();
    }
}
