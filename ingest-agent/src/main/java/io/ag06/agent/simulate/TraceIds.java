package io.ag06.agent.simulate;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

/** Which requests are traced, one in ten as a sampling gateway would choose, and their traces' ids. */
final class TraceIds {
    private static final double TRACED = 0.1;

    /** Sets these numbers apart from those that the same seed gives to the requests. */
    private static final long OTHER_NUMBERS = 0x9E3779B97F4A7C15L;

    private final Random random;

    TraceIds(long seed) {
        this.random = new Random(seed + OTHER_NUMBERS);
    }

    /** For the next request: 32 lower-case hexadecimal digits, or empty. */
    Optional<String> next() {
        if (random.nextDouble() >= TRACED) {
            return Optional.empty();
        }
        HexFormat hex = HexFormat.of();
        return Optional.of(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }
}
