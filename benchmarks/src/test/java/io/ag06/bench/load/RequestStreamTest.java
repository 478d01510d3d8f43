package io.ag06.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestStreamTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theSameRequestsComeEveryTime() {
        RequestStream one = new RequestStream(FIRST);
        RequestStream other = new RequestStream(FIRST);
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    @Test
    void requestsKeepTheRules() {
        RecordRules rules = RecordRules.of(ServiceRequest.getClassSchema());
        RequestStream requests = new RequestStream(FIRST);
        for (int i = 0; i < 10_000; i++) {
            assertThat(rules.violation(requests.next())).isEmpty();
        }
    }

    @Test
    void servicesAreAskedForAsZipfHasIt() {
        RequestStream requests = new RequestStream(FIRST);
        Map<String, Integer> byService = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ServiceRequest request = requests.next();
            byService.merge(request.getService(), 1, Integer::sum);
            ids.add(request.getEventId());
        }
        assertThat(ids).hasSize(100_000);
        assertThat(byService).hasSize(64);
        // 1 / (1 + 1/2 + … + 1/64) of all, and half as many.
        assertThat(byService.get("mixer-api-1")).isBetween(20_000, 22_500);
        assertThat(byService.get("telemetry-1")).isBetween(10_000, 11_500);
    }

    @Test
    void tenThousandEndInASecond() {
        RequestStream requests = new RequestStream(FIRST);
        ServiceRequest request = requests.next();
        for (int i = 0; i < 10_000; i++) {
            request = requests.next();
        }
        assertThat(request.getEventTime().plus(Duration.ofNanos(request.getDurationUs() * 1_000)))
                .isEqualTo(FIRST.plusSeconds(1));
    }
}
