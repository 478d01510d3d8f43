package io.ag06.local.sql;

import io.ag06.analytics.goldensignals.DeviceEvent;
import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.analytics.goldensignals.LoadEvent;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.Saturation;
import io.ag06.analytics.goldensignals.SequenceRange;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.analytics.goldensignals.SignalsPartial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Events of three services and two devices over three days, with whatever makes finishing them hard: buckets of which
 * every block has a part, frames that are missing, repeated and out of order, latencies from 0 to the largest there is,
 * counts of many digits.
 */
final class RandomSignals {
    /** In the middle of a stream, on a whole minute. */
    static final Instant MIDDLE = Instant.parse("2026-11-02T00:00:00Z");

    private static final long START_SECONDS = MIDDLE.getEpochSecond() - 86_400;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int EVENTS_PER_BLOCK = 1_500;

    private final Random random;
    private final Map<SignalsKey, SignalsPartial> all = new TreeMap<>();

    RandomSignals(long seed) {
        this.random = new Random(seed);
    }

    /** Everything that {@link #someOfTheEvents} has given so far, added up. */
    Map<SignalsKey, SignalsPartial> partials() {
        return all;
    }

    /** Some events, added up by key; of the same keys every time. */
    Map<SignalsKey, SignalsPartial> someOfTheEvents() {
        var some = new TreeMap<SignalsKey, SignalsPartial>();
        for (int i = 0; i < EVENTS_PER_BLOCK; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> request(some);
                case 2, 3 -> frame(some);
                default -> reading(some);
            }
        }
        many(some);
        some.forEach((key, partial) -> all.merge(key, partial, SignalsPartial::plus));
        return some;
    }

    private void request(Map<SignalsKey, SignalsPartial> some) {
        var request = new RequestEvent(
                micros(someTime()),
                oneOf("mixer-api", "presets", "studio"),
                oneOf("export", "import", ""),
                oneOf("eu", "us"),
                Integer.parseInt(oneOf("200", "404", "503")),
                random.nextInt(20) == 0,
                latency(),
                random.nextInt(10_000),
                random.nextInt(1_000_000));
        some.merge(request.key(), SignalsPartial.of(request, SLOW), SignalsPartial::plus);
    }

    /** Frames of a stream that spans the three days, one in some 170 s; time grows with the number, roughly. */
    private void frame(Map<SignalsKey, SignalsPartial> some) {
        long sequence = random.nextInt(1_500);
        long second = START_SECONDS + sequence * 172 + random.nextInt(200);
        var frame = new FrameEvent(
                micros(second),
                oneOf("ag06", "ag03"),
                oneOf("take-1", "take-2"),
                sequence,
                random.nextInt(10) == 0 ? 1 : 0,
                random.nextInt(10) == 0 ? 3 : 0,
                latency());
        some.merge(frame.key(), SignalsPartial.of(frame, SLOW), SignalsPartial::plus);
    }

    private void reading(Map<SignalsKey, SignalsPartial> some) {
        long time = micros(someTime());
        var load = new LoadEvent(
                time,
                "mixer-api",
                random.nextDouble(),
                random.nextDouble(),
                random.nextInt(100),
                random.nextInt(3) * 50L);
        some.merge(load.key(), SignalsPartial.of(load), SignalsPartial::plus);
        var device = new DeviceEvent(
                time, "ag06", random.nextDouble(), random.nextInt(7), 7, 3, 0, random.nextDouble(), 5, 64);
        some.merge(device.key(), SignalsPartial.of(device), SignalsPartial::plus);
    }

    /** More than a double can count, in one bucket. */
    private void many(Map<SignalsKey, SignalsPartial> some) {
        long count = 100_000_000_000_000L + random.nextInt(1_000);
        var bins = LatencyBins.of(count / 3, Map.of(0, 1L, 700, count, 2183, count));
        some.put(
                new SignalsKey(SignalsKey.PIPELINE, "golden-signals", "", "", START_SECONDS),
                new SignalsPartial(
                        count * 20 + 1, count, count / 7, bins, bins, count / 9, Saturation.NONE, SequenceRange.NONE));
    }

    /** Often the same few buckets, on either side of a midnight. */
    private long someTime() {
        return random.nextBoolean()
                ? MIDDLE.getEpochSecond() - 60 + random.nextInt(120)
                : START_SECONDS + random.nextInt(3 * 86_400);
    }

    private long latency() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextLong() >>> 1;
            default -> Math.round(20_000 * Math.exp(2 * random.nextGaussian()));
        };
    }

    private long micros(long seconds) {
        return seconds * 1_000_000 + random.nextInt(1_000_000);
    }

    private String oneOf(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
