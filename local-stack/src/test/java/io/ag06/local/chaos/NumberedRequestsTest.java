package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.agent.publish.ServiceRecords;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceRequest;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberedRequestsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aNumberIsOneRequestWhateverTheTime() {
        NumberedRequests requests = new NumberedRequests(5);

        assertThat(requests.at(17, NOON.plusSeconds(60)))
                .usingRecursiveComparison()
                .ignoringFields("time")
                .isEqualTo(requests.at(17, NOON));
    }

    @Test
    void numbersAreTold() {
        NumberedRequests requests = new NumberedRequests(5);

        assertThat(LongStream.range(0, 100)
                        .mapToObj(number -> requests.at(number, NOON).eventId())
                        .toList())
                .startsWith("n-0", "n-1", "n-2")
                .doesNotHaveDuplicates();
    }

    @Test
    void everyRequestKeepsTheRules() throws DecodeException {
        RecordRules rules = RecordRules.of(ServiceRequest.getClassSchema());
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        ServiceRecords records = new ServiceRecords();
        NumberedRequests requests = new NumberedRequests(5);

        for (int number = 0; number < 10_000; number++) {
            ServiceRequest request =
                    codec.decode(records.record(requests.at(number, NOON)).value());
            assertThat(rules.violation(request)).isEmpty();
        }
    }
}
