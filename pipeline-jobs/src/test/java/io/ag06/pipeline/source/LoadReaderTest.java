package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ag06.schemas.Examples;
import io.ag06.schemas.JsonRecords;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReaderTest {
    private final LoadReader reader = new LoadReader();

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "2106-01-02T00:00:00Z", "9000-01-01T00:00:00Z"})
    void aLineWhoseTimeNoTableCanTellIsRefused(String time) {
        assertThatThrownBy(() -> reader.read(Topics.SERVICE_REQUESTS.name(), line(time)))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("event_time %s is not between".formatted(Instant.parse(time)));
    }

    @Test
    void anyOtherTimeOfALineIsBelieved() throws Exception {
        assertThat(reader.read(Topics.SERVICE_REQUESTS.name(), line("1970-01-01T00:00:00Z"))
                        .minute())
                .isZero();
        assertThat(reader.read(Topics.SERVICE_REQUESTS.name(), line("2050-01-01T00:00:00Z"))
                        .timeMillis())
                .isEqualTo(Instant.parse("2050-01-01T00:00:00Z").toEpochMilli());
    }

    private static String line(String time) {
        ServiceRequest request = Examples.of(ServiceRequest.class, "ordinary");
        request.setEventTime(Instant.parse(time));
        return JsonRecords.of(ServiceRequest.class).write(request);
    }
}
