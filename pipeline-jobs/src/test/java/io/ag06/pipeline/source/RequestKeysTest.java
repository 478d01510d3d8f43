package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RequestKeysTest {
    private static final List<String> NAMES = List.of("service", "operation", "region");

    private final RequestKeys keys = new RequestKeys();
    private final RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
    private final FieldScans scans =
            new FieldScans(Topics.SERVICE_REQUESTS.record(), RecordRules.of(Topics.SERVICE_REQUESTS.schema()), NAMES);

    @Property
    void aKeyHasTheRequestsNames(
            @ForAll @StringLength(min = 1, max = 40) String service,
            @ForAll @StringLength(max = 40) String operation,
            @ForAll @StringLength(max = 40) String region,
            @ForAll long bucket) {
        // Twice: the second one is found.
        for (int i = 0; i < 2; i++) {
            SignalsKey key = key(service, operation, region, bucket);
            assertThat(key)
                    .isEqualTo(
                            new SignalsKey(SignalsKey.SERVICE, text(service), text(operation), text(region), bucket));
        }
    }

    @Test
    void aKeyIsGivenOutAgainWithinItsBucket() {
        SignalsKey first = key("auth", "POST /token", "eu-west", 10);

        assertThat(key("billing", "POST /token", "eu-west", 10)).isNotEqualTo(first);
        assertThat(key("auth", "POST /token", "eu-west", 10)).isSameAs(first);
        assertThat(key("auth", "POST /token", "eu-west", 20))
                .isEqualTo(new SignalsKey(SignalsKey.SERVICE, "auth", "POST /token", "eu-west", 20));
    }

    @Test
    void theSameLettersCutElsewhereAreOtherNames() {
        SignalsKey one = key("ab", "c", "d", 10);
        SignalsKey other = key("a", "bc", "d", 10);

        assertThat(one.entityId()).isEqualTo("ab");
        assertThat(other.entityId()).isEqualTo("a");
        assertThat(key("ab", "c", "d", 10)).isSameAs(one);
    }

    @Test
    void moreCombinationsThanItKeepsAreRightAllTheSame() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 40_000; i++) {
                assertThat(key("service-" + i, "", "", 10).entityId()).isEqualTo("service-" + i);
            }
        }
    }

    private SignalsKey key(String service, String operation, String region, long bucket) {
        byte[] message = codec.encode(ServiceRequest.newBuilder()
                .setEventId("e")
                .setEventTime(Instant.EPOCH)
                .setService(service)
                .setOperation(operation)
                .setRegion(region)
                .setStatusCode(200)
                .setError(false)
                .setDurationUs(1)
                .setRequestBytes(1)
                .setResponseBytes(1)
                .build());
        RequestKeys.Names names = new RequestKeys.Names();
        names.take(message, scans.scan(message), 0, 1, 2);
        return keys.of(names).key(bucket);
    }

    /** As it comes back from UTF-8, which has no half of a surrogate pair. */
    private static String text(String written) {
        return new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
