package io.ag06.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationReportTest {
    @Test
    void aCleanRunSaysHowMuchIsStoredAndHowMuchIsYetToCome() {
        ReconciliationReport report = new ReconciliationReport(
                List.of(facts(0, 1_200, 30, Places.NONE, Places.NONE), facts(1, 1_000, 0, Places.NONE, Places.NONE)),
                List.of());

        assertThat(report.clean()).isTrue();
        assertThat(report.verdict())
                .isEqualTo("Nothing is missing and nothing is doubled: 2,170 of 2,200 records are stored once; 30"
                        + " yet to come.");
    }

    @Test
    void whatIsWrongIsToldWithItsPlaces() {
        ReconciliationReport report = new ReconciliationReport(
                List.of(
                        facts(0, 100, 0, Places.all(OffsetRanges.of(17, 19)), Places.NONE),
                        facts(1, 100, 0, Places.NONE, Places.all(OffsetRanges.of(5, 5)))),
                List.of(partials(Places.some(OffsetRanges.of(40, 59), 2))));

        assertThat(report.clean()).isFalse();
        assertThat(report.verdict())
                .isEqualTo("5 missing: ag06.service-requests-0 at 17..19, golden_signals_partials of"
                        + " ag06.service-requests-0 at 40..59; 1 doubled: ag06.service-requests-1 at 5.");
    }

    @Test
    void manyPlacesAreCounted() {
        OffsetRanges.Builder offsets = new OffsetRanges.Builder();
        for (long offset = 0; offset < 5_000; offset += 2) {
            offsets.add(offset);
        }

        Places places = Places.all(offsets.build());

        assertThat(places.records()).isEqualTo(2_500);
        assertThat(places.ranges()).hasSize(1_000);
        assertThat(places.rangesLeftOut()).isEqualTo(1_500);
        assertThat(places).hasToString("0, 2, 4 and 2,497 more");
    }

    @Test
    void asJsonItIsOneObjectWithTotalsAndPlaces() throws IOException {
        ReconciliationReport report = new ReconciliationReport(
                List.of(facts(0, 100, 10, Places.all(OffsetRanges.of(17, 19)), Places.NONE)), List.of());

        JsonNode json = Json.MAPPER.readTree(Json.pretty(report));

        assertThat(json.get("clean").asBoolean()).isFalse();
        assertThat(json.get("missing").asLong()).isEqualTo(3);
        assertThat(json.get("doubled").asLong()).isZero();
        assertThat(json.get("pending").asLong()).isEqualTo(10);
        assertThat(json.get("facts").get(0).get("missing").get("ranges").get(0))
                .hasToString("{\"first\":17,\"last\":19}");
        assertThat(json.get("facts").get(0).get("committed").isNull()).isTrue();
    }

    private static FactsReport facts(int partition, long records, long pending, Places missing, Places doubled) {
        return new FactsReport(
                "ag06.service-requests",
                partition,
                "service_requests",
                0,
                records,
                null,
                records,
                records - pending - missing.records(),
                0,
                0,
                pending,
                missing,
                doubled,
                Places.NONE,
                List.of());
    }

    private static PartialsReport partials(Places missing) {
        return new PartialsReport(
                "golden_signals_partials",
                "ag06.service-requests",
                0,
                0,
                100,
                100L,
                3,
                98L,
                100,
                0,
                missing,
                Places.NONE,
                List.of());
    }
}
