package io.ag06.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CloudScenarioTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:03Z");
    private static final Instant END = START.plus(Duration.ofMinutes(30));

    private final List<SimulatedEvent> events = events(7);

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(events(7)).isEqualTo(events);
        assertThat(events(8)).isNotEqualTo(events);
    }

    @Test
    void whatASeedGivesDoesNotChangeFromReleaseToRelease() {
        assertThat(requests().get(0))
                .isEqualTo(new SimulatedRequest(
                        "70f3a3b3-4779-4b7e-85c8-a30a98496cb6",
                        Instant.parse("2026-03-02T12:00:03.034345Z"),
                        "mixer-api",
                        "GET /mixers/{id}",
                        "us-east",
                        200,
                        false,
                        12_299,
                        193,
                        559,
                        Optional.empty()));
    }

    @Test
    void eventsComeInTheOrderOfTheirTimesWithinTheStretch() {
        assertThat(events).isSortedAccordingTo(Comparator.comparing(SimulatedEvent::time));
        assertThat(events).allSatisfy(event -> assertThat(event.time()).isBetween(START, END));
        assertThat(events.get(events.size() - 1).time()).isBefore(END);
    }

    @Test
    void eachServiceTellsItsLoadEveryTenSeconds() {
        assertThat(loads()).hasSize(6 * 180);
        assertThat(loads()).allSatisfy(load -> {
            assertThat(load.time().getEpochSecond() % 10).isZero();
            assertThat(load.replicas()).isGreaterThanOrEqualTo(2);
            assertThat(load.cpuUtilisation()).isBetween(0.0, 1.0);
            assertThat(load.memoryUtilisation()).isBetween(0.0, 1.0);
            assertThat(load.inflightRequests()).isNotNegative();
        });
    }

    @Test
    void trafficFollowsTheClock() {
        // 100 requests a second on the mean of a week, at 12:15 on a Monday.
        double expected = 100 * Duration.between(START, END).toSeconds() * Season.factor(START.plusSeconds(900));
        assertThat((double) requests().size()).isCloseTo(expected, within(0.03 * expected));
        assertThat(Season.factor(Instant.parse("2026-03-07T19:30:00Z")))
                .isGreaterThan(3 * Season.factor(Instant.parse("2026-03-03T07:30:00Z")));
    }

    @Test
    void theMeanOfAWeekIsOneAndNothingIsAboveTheMaximum() {
        double sum = 0;
        for (int minute = 0; minute < 7 * 24 * 60; minute++) {
            double factor = Season.factor(START.plus(Duration.ofMinutes(minute)));
            assertThat(factor).isBetween(0.0, Season.MAX);
            sum += factor;
        }
        assertThat(sum / (7 * 24 * 60)).isCloseTo(1, within(1e-9));
    }

    @Test
    void fewOperationsTakeMostOfTheTraffic() {
        long mixer = count("mixer-api");
        long billing = count("billing");
        assertThat(mixer).isGreaterThan(3 * billing);
        assertThat(billing).isPositive();
        long first = requests().stream()
                .filter(request -> request.operation().equals("GET /mixers/{id}"))
                .count();
        assertThat((double) first / mixer).isBetween(0.45, 0.65);
    }

    @Test
    void someRequestsFailAndSomeAreTheCallersMistake() {
        double errors = share(SimulatedRequest::error);
        double mistakes = share(request -> request.statusCode() >= 400 && request.statusCode() < 500);
        assertThat(errors).isBetween(0.003, 0.03);
        assertThat(mistakes).isBetween(0.02, 0.03);
        assertThat(share(request -> request.error() && request.statusCode() == 200))
                .isPositive();
        assertThat(share(request -> request.statusCode() >= 500 && !request.error()))
                .isZero();
    }

    @Test
    void failuresComeInIncidents() {
        var incidents = new Incidents(7);
        long during = 0;
        long failedDuring = 0;
        for (var request : requests()) {
            int service =
                    CloudService.ALL.stream().map(CloudService::name).toList().indexOf(request.service());
            if (incidents.at(service, request.time())) {
                during++;
                failedDuring += request.error() ? 1 : 0;
            }
        }
        assertThat((double) during / requests().size()).isBetween(0.005, 0.06);
        assertThat((double) failedDuring / during).isBetween(0.2, 0.3);
    }

    @Test
    void latenciesHaveALongTail() {
        var durations = requests().stream()
                .filter(request -> request.service().equals("mixer-api"))
                .mapToLong(SimulatedRequest::durationMicros)
                .sorted()
                .toArray();
        double median = durations[durations.length / 2];
        double p999 = durations[(int) (durations.length * 0.999)];
        assertThat(median).isBetween(5_500.0, 6_700.0);
        assertThat(p999 / median).isGreaterThan(10);
    }

    @Test
    void idsLookLikeRandomUuidsAndAreNeverTwice() {
        assertThat(requests().stream().map(SimulatedRequest::eventId)).doesNotHaveDuplicates();
        var id = UUID.fromString(requests().get(0).eventId());
        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void oneRequestInTenBelongsToATrace() {
        var traces = requests().stream()
                .flatMap(request -> request.traceId().stream())
                .toList();
        assertThat((double) traces.size() / requests().size()).isCloseTo(0.1, within(0.01));
        assertThat(traces)
                .doesNotHaveDuplicates()
                .allSatisfy(trace -> assertThat(trace).matches("[0-9a-f]{32}"));
    }

    @Test
    void aStretchWithoutTimeHasNoEvents() {
        assertThat(new CloudScenario(100).events(7, START, START).hasNext()).isFalse();
    }

    @Test
    void aRateMustBePositive() {
        assertThatThrownBy(() -> new CloudScenario(0)).hasMessageContaining("above 0 and at most a million, was 0.0");
        assertThatThrownBy(() -> new CloudScenario(Double.NaN)).hasMessageContaining("was NaN");
    }

    private static List<SimulatedEvent> events(long seed) {
        var found = new ArrayList<SimulatedEvent>();
        new CloudScenario(100).events(seed, START, END).forEachRemaining(found::add);
        return found;
    }

    private List<SimulatedRequest> requests() {
        return events.stream()
                .filter(SimulatedRequest.class::isInstance)
                .map(SimulatedRequest.class::cast)
                .toList();
    }

    private List<SimulatedLoad> loads() {
        return events.stream()
                .filter(SimulatedLoad.class::isInstance)
                .map(SimulatedLoad.class::cast)
                .toList();
    }

    private long count(String service) {
        return requests().stream()
                .filter(request -> request.service().equals(service))
                .count();
    }

    private double share(Predicate<SimulatedRequest> which) {
        return (double) requests().stream().filter(which).count() / requests().size();
    }
}
