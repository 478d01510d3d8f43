package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "9999999, 0", "10000000, 10", "-1, -10", "-10000000, -10", "-10000001, -20"})
    void aBucketBeginsAtTheLastWholeTenSeconds(long eventTimeMicros, long start) {
        assertThat(Bucket.startOf(eventTimeMicros)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 119990, 119940", "PT1H, 7190, 3600", "P1D, 86400, 86400", "PT1M, -10, -60", "PT10S, 30, 30"})
    void aLargerBucketBeginsAtItsLastWholeLength(Duration length, long bucketStart, long start) {
        assertThat(Bucket.startOf(bucketStart, length)).isEqualTo(start);
    }

    @Test
    void aLengthThatIsNoMultipleOfTenSecondsIsRefused() {
        assertThatThrownBy(() -> Bucket.startOf(0, Duration.ofSeconds(15)))
                .hasMessage("A bucket must last a multiple of PT10S, not PT15S");
    }
}
