package io.ag06.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a demo came to.
 *
 * @param audioFramesSent frames that Kafka has acknowledged
 * @param audioFramesStored rows of them in ClickHouse
 * @param serviceRequestsSent requests that Kafka has acknowledged
 * @param serviceRequestsStored rows of them in ClickHouse
 * @param goldenSignalRows rows of the view {@code golden_signals} for the demo's time
 * @param deadLetters records that were refused
 * @param duplicates rows too many: a Kafka record, a frame or a request stored more than once
 * @param secondsToFirstRow from the start of the program to the first row that could be read
 * @param eventToQueryP50Ms from an event's time to the storing of its row, median, milliseconds
 * @param eventToQueryP99Ms the same, 99th percentile
 * @param services golden signals by service, for people
 * @param devices golden signals by device, for people
 */
public record DemoReport(
        long audioFramesSent,
        long audioFramesStored,
        long serviceRequestsSent,
        long serviceRequestsStored,
        long goldenSignalRows,
        long deadLetters,
        long duplicates,
        double secondsToFirstRow,
        double eventToQueryP50Ms,
        double eventToQueryP99Ms,
        @JsonIgnore List<JsonNode> services,
        @JsonIgnore List<JsonNode> devices) {
    /** Whether everything that was sent is there, once. */
    @JsonIgnore
    public boolean isWhole() {
        return audioFramesSent == audioFramesStored && serviceRequestsSent == serviceRequestsStored && duplicates == 0;
    }
}
