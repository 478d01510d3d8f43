package io.ag06.local;

import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A week and a day of requests to two services, with the shapes of days and of a week, so that a day of the week is
 * seen again. {@code mixer-api} has a match day, and a new level from the fifth day on. {@code studio-link} tells
 * nothing for five hours, neither requests nor readings: its sensor is dead. Both send readings of their replicas, of
 * which there are always {@value #REPLICAS}, as busy as the requests make them.
 */
final class SimulatedWeek {
    static final String MATCH = "mixer-api";
    static final String SENSOR = "studio-link";

    private static final int DAY = 1440;
    private static final int WEEK_DAYS = 7;
    private static final int DAYS = 8;
    private static final int MATCH_BEGINS = 5 * DAY + 20 * 60;
    private static final int MATCH_ENDS = MATCH_BEGINS + 120;
    private static final int NEW_LEVEL = 4 * DAY + 9 * 60;
    private static final int DEAD_FROM = 3 * DAY + 10 * 60;
    static final int DEAD_MINUTES = 5 * 60;
    private static final int DEAD_TO = DEAD_FROM + DEAD_MINUTES;
    private static final int REPLICAS = 3;
    /** Requests that one of them can carry in a minute. */
    static final int CAPACITY = 12;

    private final Instant start;
    private final int minutes;
    private final Map<String, long[]> counts = new TreeMap<>();

    private SimulatedWeek(Instant start, int minutes) {
        this.start = start;
        this.minutes = minutes;
        Random random = new Random(20261125);
        counts.put(MATCH, new long[minutes]);
        counts.put(SENSOR, new long[minutes]);
        for (int minute = 0; minute < minutes; minute++) {
            double shape = shape(minute);
            boolean match = minute >= MATCH_BEGINS && minute < MATCH_ENDS;
            counts.get(MATCH)[minute] = poisson(random, 9 * shape * (minute >= NEW_LEVEL ? 1.6 : 1) * (match ? 3 : 1));
            counts.get(SENSOR)[minute] = poisson(random, 6 * shape);
        }
    }

    /** Eight days, and up to an hour more: it begins with an hour. */
    static SimulatedWeek endingAt(Instant end) {
        Instant start = end.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS));
        return new SimulatedWeek(start, (int) start.until(end, ChronoUnit.MINUTES));
    }

    private static double shape(int minute) {
        double day = 1 - 0.7 * Math.cos(2 * Math.PI * (minute % DAY) / DAY);
        return minute / DAY % WEEK_DAYS >= 5 ? 0.6 * day : day;
    }

    private static long poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        long count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    Instant end() {
        return at(minutes);
    }

    int minutes() {
        return minutes;
    }

    Instant at(int minute) {
        return start.plus(Duration.ofMinutes(minute));
    }

    /** While the sensor is dead and when it is back, after the new level and after the match, and at the end. */
    List<Integer> minutesOfInterest() {
        return Stream.of(DEAD_FROM + 120, DEAD_TO + 60, NEW_LEVEL + 6, MATCH_ENDS + 60, minutes / 60 * 60, minutes)
                .distinct()
                .toList();
    }

    /** Start of the dead hours; they are {@link #DEAD_MINUTES} minutes. */
    Instant deadFrom() {
        return at(DEAD_FROM);
    }

    Instant matchBegins() {
        return at(MATCH_BEGINS);
    }

    /**
     * What was counted up to each minute of interest, as a file for {@code ag06 forecast}: a series for each service
     * and minute, its id {@code SERVICE@SECONDS} with the end of what it knows.
     *
     * @param length of a step, minutes
     */
    Path series(Path folder, int length) throws IOException {
        List<String> lines = new ArrayList<>(List.of("series_id,step,value"));
        for (int end : minutesOfInterest()) {
            if (end % length == 0) {
                counts.forEach((service, byMinute) -> {
                    String id = service + "@" + at(end).getEpochSecond();
                    for (int step = 0; step < end / length; step++) {
                        lines.add("%s,%d,%s".formatted(id, step, value(service, byMinute, step * length, length)));
                    }
                });
            }
        }
        return Files.write(folder.resolve("series-" + length + ".csv"), lines);
    }

    private static String value(String service, long[] byMinute, int from, int length) {
        if (isDead(service, from)) {
            return "";
        }
        long sum = 0;
        for (int minute = from; minute < from + length; minute++) {
            sum += byMinute[minute];
        }
        return Long.toString(sum);
    }

    private static boolean isDead(String service, int minute) {
        return service.equals(SENSOR) && minute >= DEAD_FROM && minute < DEAD_TO;
    }

    /**
     * Sends it all, minute by minute: the events of one in any order, each service in partitions of its own. What comes
     * last ends the last minute.
     */
    void sendTo(String bootstrapServers) {
        RecordCodec<ServiceRequest> requests = RecordCodec.of(ServiceRequest.class);
        RecordCodec<ServiceMetrics> readings = RecordCodec.of(ServiceMetrics.class);
        ServiceRequest request = Examples.of(ServiceRequest.class, "ordinary");
        ServiceMetrics reading = Examples.of(ServiceMetrics.class, "ordinary");
        Random random = new Random(7);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        50,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 18),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int minute = 0; minute <= minutes; minute++) {
                Instant begins = at(minute);
                for (Map.Entry<String, long[]> service : counts.entrySet()) {
                    int partition = service.getKey().equals(MATCH) ? 0 : 1;
                    long count = minute == minutes ? 1 : service.getValue()[minute];
                    request.setService(service.getKey());
                    for (int i = 0; i < count && !isDead(service.getKey(), minute); i++) {
                        long within = minute == minutes ? 0 : random.nextInt(60_000);
                        request.setEventTime(begins.plusMillis(within));
                        send(producer, Topics.SERVICE_REQUESTS, partition, requests.encode(request));
                    }
                    if (!isDead(service.getKey(), minute)) {
                        reading.setService(service.getKey());
                        reading.setReplicas(REPLICAS);
                        reading.setCpuUtilisation(Math.min(1, (double) count / (REPLICAS * CAPACITY)));
                        reading.setEventTime(begins);
                        send(producer, Topics.SERVICE_METRICS, partition, readings.encode(reading));
                    }
                }
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, int partition, byte[] value) {
        Future<?> unused = producer.send(new ProducerRecord<>(topic.name(), partition, null, value));
    }
}
