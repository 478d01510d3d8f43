package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalsKeyTest {
    /** The sums of a busy minute are found by these: where many share one number, finding is searching. */
    @Test
    void keysOfNeighbouringNamesAndBucketsHaveDifferentHashes() {
        Set<Integer> hashes = new HashSet<>();
        int keys = 0;
        for (int service = 0; service < 64; service++) {
            for (int operation = 0; operation < 6; operation++) {
                for (int bucket = 0; bucket < 60; bucket++) {
                    SignalsKey key = new SignalsKey(
                            SignalsKey.SERVICE, "service-" + service, "GET /" + operation, "eu", 10L * bucket);
                    hashes.add(key.hashCode());
                    keys++;
                }
            }
        }
        assertThat(hashes).hasSizeGreaterThan(keys - 10);
    }

    @Test
    void equalKeysHaveOneHash() {
        assertThat(new SignalsKey(SignalsKey.DEVICE, "ag06", "stream", "", 10))
                .isEqualTo(new SignalsKey(SignalsKey.DEVICE, "ag06", "stream", "", 10))
                .hasSameHashCodeAs(new SignalsKey(SignalsKey.DEVICE, "ag06", "stream", "", 10));
    }
}
