package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRecordsTest {
    private final JsonRecords<ServiceRequest> requests = JsonRecords.of(ServiceRequest.class);
    private final ServiceRequest ordinary = Examples.of(ServiceRequest.class, "ordinary");

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyExampleComesBackFromItsLine(Topic topic) throws JsonRecordException {
        comesBack(topic.recordClass());
    }

    private static <T extends SpecificRecord> void comesBack(Class<T> type) throws JsonRecordException {
        var json = JsonRecords.of(type);
        for (var example : Examples.all(type)) {
            var line = json.write(example);
            assertThat(line).doesNotContain("\n");
            assertThat(json.read(line)).isEqualTo(example);
        }
    }

    @Test
    void isWrittenWithTheNamesOfTheSchemaAndTimesInUtc() {
        assertThat(requests.write(ordinary))
                .isEqualTo(
                        "{\"event_id\":\"6c1b7a52-0d0c-4b0e-8a8f-5b5f3c0e9d11\","
                                + "\"event_time\":\"2026-03-01T12:00:00.123456Z\",\"service\":\"preset-sync\","
                                + "\"operation\":\"PUT /presets/{id}\",\"region\":\"eu-west\",\"status_code\":200,"
                                + "\"error\":false,\"duration_us\":18250,\"request_bytes\":2048,\"response_bytes\":312,\"trace_id\":null}");
    }

    @Test
    void sixtyFourBitsAreKept() {
        var metrics = Examples.of(DeviceMetrics.class, "counters-of-64-bits");
        assertThat(metrics.getNetworkTxBytes()).isEqualTo(9_007_199_254_740_993L);
        assertThat(JsonRecords.of(DeviceMetrics.class).write(metrics))
                .contains("\"network_tx_bytes\":9007199254740993");
    }

    @Test
    void optionalFieldsMayBeNullOrLeftOut() {
        var leftOut = Examples.of(AudioFrame.class, "loudness-and-true-peak-left-out");
        assertThat(leftOut.getMomentaryLufs()).isNull();
        assertThat(leftOut.getChannels().get(0).getTruePeakDbtp()).isNull();
        assertThat(Examples.of(AudioFrame.class, "mono").getStereoCorrelation()).isNull();
    }

    @Test
    void timesComeInThreeSpellings() {
        var expected = Instant.parse("2026-03-01T12:00:00.123456Z");
        assertThat(with("event_time", "1772366400123456").getEventTime()).isEqualTo(expected);
        assertThat(with("event_time", "\"2026-03-01T12:00:00.123456Z\"").getEventTime())
                .isEqualTo(expected);
        assertThat(with("event_time", "\"2026-03-01T21:00:00.123456789+09:00\"").getEventTime())
                .isEqualTo(expected);
        assertThat(with("event_time", "\"1969-12-31T23:59:59.9999999Z\"").getEventTime())
                .isBeforeOrEqualTo(Instant.EPOCH);
    }

    @Property
    void everyMicrosecondComesBack(@ForAll long micros) throws JsonRecordException {
        ordinary.setEventTime(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        assertThat(requests.read(requests.write(ordinary))).isEqualTo(ordinary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status_code | 200.5                         | status_code must be a whole number, was 200.5",
                "status_code | 4294967296                    | status_code must be a whole number, was 4294967296",
                "status_code | \"200\"                       | status_code must be a whole number, was \"200\"",
                "status_code | null                          | status_code is null",
                "duration_us | 9223372036854775808           | duration_us must be a whole number",
                "error       | 1                             | error must be true or false, was 1",
                "service     | [\"a\"]                       | service must be a string, was [\"a\"]",
                "event_time  | \"yesterday\"                 | event_time is \"yesterday\"; a time is ISO-8601",
                "event_time  | \"2026-03-01T12:00:00\"       | event_time is \"2026-03-01T12:00:00\"; a time is ISO",
                "event_time  | \"+999999999-01-01T00:00:00Z\" | beyond what 64 bits",
                "event_time  | 1.5                           | event_time must be a time",
            })
    void aWrongValueIsNamedWithItsField(String field, String value, String message) {
        assertThatThrownBy(() -> requests.read(line(field, value)))
                .isInstanceOf(JsonRecordException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> requests.read("{\"event_id\":\"a\"}")).hasMessage("event_time is missing");
    }

    @Test
    void anUnknownFieldIsRefusedAndTheKnownOnesAreListed() {
        assertThatThrownBy(() -> requests.read("{\"latency\":3}"))
                .hasMessageContaining("ServiceRequest has no field latency; its fields are event_id, event_time,");
    }

    @Test
    void aFieldDeepWithinIsNamedByItsPath() {
        var line = JsonRecords.of(AudioFrame.class)
                .write(Examples.of(AudioFrame.class, "ordinary"))
                .replace("\"dc_offset\":-2.0E-4", "\"dc_offset\":\"none\"");
        assertThatThrownBy(() -> JsonRecords.of(AudioFrame.class).read(line))
                .hasMessageContaining("channels[1].dc_offset must be a number, was \"none\"");
    }

    @Test
    void whatIsNotOneObjectIsRefused() {
        assertThatThrownBy(() -> requests.read("")).hasMessageContaining("must be an object");
        assertThatThrownBy(() -> requests.read("[]")).hasMessageContaining("must be an object, was []");
        assertThatThrownBy(() -> requests.read("{\"a\":")).hasMessageContaining("not JSON at column 6");
        assertThatThrownBy(() -> requests.read("{\"event_id\":\"a\"} {}")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> requests.read("{\"event_id\":\"a\",\"event_id\":\"b\"}"))
                .hasMessageContaining("Duplicate field 'event_id'");
    }

    @Test
    void bytesAreBase64() {
        assertThat(Examples.of(DeadLetter.class, "bytes-that-are-no-text")
                        .getOriginal()
                        .remaining())
                .isEqualTo(256);
        var line = JsonRecords.of(DeadLetter.class)
                .write(Examples.of(DeadLetter.class, "no-value"))
                .replace("\"original\":\"\"", "\"original\":\"***\"");
        assertThatThrownBy(() -> JsonRecords.of(DeadLetter.class).read(line))
                .hasMessageContaining("original must be base64, was \"***\"");
    }

    @Test
    void aNumberThatJsonCantSayIsNotWritten() {
        var frame = Examples.of(AudioFrame.class, "ordinary");
        frame.setSpectralCentroidHz(Double.NaN);
        assertThatThrownBy(() -> JsonRecords.of(AudioFrame.class).write(frame))
                .hasMessageContaining("spectral_centroid_hz is NaN");
    }

    private ServiceRequest with(String field, String value) {
        try {
            return requests.read(line(field, value));
        } catch (JsonRecordException e) {
            throw new AssertionError(e);
        }
    }

    private String line(String field, String value) {
        return requests.write(ordinary)
                .replaceAll("\"" + field + "\":(\"[^\"]*\"|[^,}]*)", "\"" + field + "\":" + value);
    }
}
