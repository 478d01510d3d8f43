package io.ag06.analytics.scaling.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.decision.Action;
import io.ag06.analytics.scaling.decision.Decision;
import io.ag06.analytics.scaling.decision.Reason;
import io.ag06.analytics.scaling.decision.ScalingSettings;
import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.Forecaster;
import io.ag06.analytics.scaling.load.MinuteLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceScalingTest {
    /** A Sunday at midnight, minutes since the epoch. */
    private static final long START = 29_539_440 - 29_539_440 % 1440;

    private static final ScalingSettings SETTINGS = ScalingSettings.standard(20);
    private static final long[] LOADS = loads(3 * 1440);

    private static long[] loads(int minutes) {
        Random random = new Random(7);
        long[] loads = new long[minutes];
        for (int i = 0; i < minutes; i++) {
            double day = 40 - 30 * Math.cos(2 * Math.PI * i / 1440);
            loads[i] = Math.round(Math.max(0, day + Math.sqrt(day) * random.nextGaussian()));
        }
        return loads;
    }

    @Test
    void forecastsAreThoseOfTheForecasterOfTheSameValues() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        Forecaster minutes = new Forecaster(ServiceScaling.MINUTES);
        Forecaster hours = new Forecaster(ServiceScaling.HOURS);
        long hour = 0;
        for (int i = 0; i < LOADS.length; i++) {
            Announcement said = service.close(MinuteLoad.ofRequests(LOADS[i]));
            minutes.observe((double) LOADS[i]);
            hour += LOADS[i];
            if (i % 97 == 0) { // A forecast costs more than a value.
                assertThat(said.minutes()).hasValue(minutes.forecast());
            }
            assertThat(said.hours().isPresent()).isEqualTo(i % 60 == 59);
            if (i % 60 == 59) {
                hours.observe((double) hour);
                assertThat(said.hours()).hasValue(hours.forecast());
                hour = 0;
            }
        }
    }

    @Test
    void aDecisionIsSureFromWhenTheIntervalsRestOnErrorsOfForecasts() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        int sure = 0;
        for (int i = 0; i < LOADS.length; i++) {
            Announcement said = service.close(MinuteLoad.ofRequests(LOADS[i]));
            var decision = said.decision().orElseThrow();
            boolean calibrated = said.minutes().orElseThrow().quality().calibrated();
            assertThat(decision.confident()).as("minute %d", i).isEqualTo(calibrated);
            if (!calibrated) {
                assertThat(decision.reason()).isEqualTo(Reason.UNSURE);
                assertThat(decision.desired()).isEqualTo(decision.reactiveDesired());
            }
            sure += decision.confident() ? 1 : 0;
        }
        assertThat(sure).isBetween(1440, 2880);
    }

    @Test
    void aDecisionIsNotSureWhereTheSensorSeemsDead() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (long load : LOADS) {
            service.close(MinuteLoad.ofRequests(load));
        }
        Announcement said = service.close(MinuteLoad.ofRequests(33));
        assertThat(said.decision().orElseThrow().confident()).isTrue();
        for (int i = 0; i < 1500; i++) {
            said = service.close(MinuteLoad.ofRequests(33));
        }
        assertThat(said.minutes().orElseThrow().quality().sameAtEnd()).isPositive();
        assertThat(said.decision().orElseThrow().confident()).isFalse();
    }

    @Test
    void whatIsRememberedIsOfOneSizeAndGoesOnAsIfNothingHadHappened() {
        ServiceScaling undisturbed = ServiceScaling.beginningAt(START, SETTINGS);
        ServiceScaling restored = undisturbed;
        int size = size(undisturbed.save());
        for (int i = 0; i < 1600; i++) {
            MinuteLoad load = MinuteLoad.ofRequests(LOADS[i]);
            Announcement expected = undisturbed.close(load);
            if (i > 1400) {
                restored = ServiceScaling.restored(i == 1401 ? saved(i) : restored.save(), SETTINGS);
                assertThat(restored.close(load)).isEqualTo(expected);
            }
        }
        assertThat(size(undisturbed.save())).isEqualTo(size);
    }

    /** A service that has seen the minutes before one. */
    private static ServiceMemory saved(int before) {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < before; i++) {
            service.close(MinuteLoad.ofRequests(LOADS[i]));
        }
        return service.save();
    }

    private static int size(ServiceMemory memory) {
        return memory.lostRequests().length
                + memory.minutes().length
                + memory.hours().length
                + memory.hourSums().length
                + memory.minuteScores().length
                + memory.hourScores().length
                + memory.pastMinutes().length
                + memory.pastHours().length
                + memory.planner().length;
    }

    @Test
    void whatComesLateIsInTheNextForecastAsIfItHadComeInTime() {
        ServiceScaling inTime = ServiceScaling.beginningAt(START, SETTINGS);
        ServiceScaling late = ServiceScaling.beginningAt(START, SETTINGS);
        Optional<Forecast> expected = Optional.empty();
        Optional<Forecast> forecast = Optional.empty();
        for (int i = 0; i < 1500; i++) {
            expected = inTime.close(MinuteLoad.ofRequests(LOADS[i])).minutes();
            if (i >= 14) {
                assertThat(late.correct(START + i - 14, MinuteLoad.ofRequests(late(i - 14))))
                        .isTrue();
            }
            forecast = late.close(MinuteLoad.ofRequests(LOADS[i] - late(i))).minutes();
        }
        // The minutes of which some came late are whole by now.
        assertThat(forecast).isEqualTo(expected);
    }

    @Test
    void whatComesLateIsInTheNextDecisionAsWhatWasSeenOfLate() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (long load : LOADS) {
            service.close(MinuteLoad.ofRequests(load));
        }
        for (int i = 0; i < 4; i++) {
            service.close(MinuteLoad.ofRequests(LOADS[i]));
            assertThat(service.correct(service.announced(), MinuteLoad.ofRequests(200)))
                    .isTrue();
        }
        Decision decision =
                service.close(MinuteLoad.ofRequests(LOADS[4])).decision().orElseThrow();

        assertThat(decision.provided()).isGreaterThan(160);
        assertThat(decision.staticPeak().replicas()).isGreaterThanOrEqualTo(10);
    }

    /** How many requests of a minute come late. */
    private static long late(int minute) {
        return minute % 15 == 0 ? LOADS[minute] / 2 : 0;
    }

    @Test
    void aCorrectionAlsoCorrectsTheHourThatHasEnded() {
        ServiceScaling inTime = ServiceScaling.beginningAt(START, SETTINGS);
        ServiceScaling late = ServiceScaling.beginningAt(START, SETTINGS);
        Announcement expected = null;
        Announcement said = null;
        for (int i = 0; i < 180; i++) {
            expected = inTime.close(MinuteLoad.ofRequests(20));
            if (i == 125) { // Of the hour before.
                assertThat(late.correct(START + 118, MinuteLoad.ofRequests(5))).isTrue();
            }
            if (i == 130) { // Of this hour.
                assertThat(late.correct(START + 122, MinuteLoad.ofRequests(5))).isTrue();
            }
            said = late.close(MinuteLoad.ofRequests(i == 118 || i == 122 ? 15 : 20));
        }
        assertThat(said.hours()).isEqualTo(expected.hours()).isPresent();
    }

    @Test
    void whatComesTooLateCorrectsNothingAndIsSaid() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 100; i++) {
            service.close(MinuteLoad.ofRequests(20));
        }
        assertThat(service.correct(START + 85, MinuteLoad.REQUEST)).isTrue();
        assertThat(service.correct(START + 84, MinuteLoad.REQUEST)).isFalse();
        assertThat(service.correct(START - 1_000_000, MinuteLoad.REQUEST)).isFalse();
    }

    @Test
    void aMinuteWithoutEventsIsAGapWhereTheServiceSendsReadingsAndElseZero() {
        assertThat(lastQuality(MinuteLoad.ofReading(1, 0.5, 0.5, 0, 0, 2))).isEqualTo(5);
        assertThat(lastQuality(MinuteLoad.NONE)).isZero();
    }

    /** The topic of requests has stopped; readings go on as before. */
    @Test
    void aMinuteWithoutRequestsIsNotMeasuredWhileTheReplicasStayAsBusy() {
        MinuteLoad busy = MinuteLoad.ofReading(1, 0.9, 0.4, 95, 100, 6);
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 120; i++) {
            service.close(MinuteLoad.ofRequests(100).plus(busy));
        }
        for (int i = 0; i < 30; i++) {
            Decision decision = service.close(busy).decision().orElseThrow();
            assertThat(decision.load()).isNaN();
            assertThat(decision.reason()).isEqualTo(Reason.UNMEASURED);
            assertThat(decision.confident()).isFalse();
            assertThat(decision.desired()).isGreaterThanOrEqualTo(6);
            assertThat(decision.reactiveDesired()).isGreaterThanOrEqualTo(6);
        }
        // What comes late after all is the minute's load.
        assertThat(service.correct(service.announced(), MinuteLoad.ofRequests(100)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.44", "0.5, 0.29", "0.9, 0.05"})
    void aMinuteWithoutRequestsHadNoneWhereTheReplicasAreIdler(double before, double after) {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 60; i++) {
            service.close(MinuteLoad.ofRequests(100).plus(MinuteLoad.ofReading(1, before, 0.9, 0, 0, 6)));
        }
        assertThat(service.close(MinuteLoad.ofReading(1, after, 0.9, 0, 0, 6))
                        .decision()
                        .orElseThrow()
                        .load())
                .isZero();
    }

    private static long lastQuality(MinuteLoad beside) {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 120; i++) {
            service.close(MinuteLoad.ofRequests(20).plus(beside));
        }
        Forecast last = null;
        for (int i = 0; i < 5; i++) {
            last = service.close(MinuteLoad.NONE).minutes().orElseThrow();
        }
        return last.quality().gapsAtEnd();
    }

    @Test
    void nothingIsAnnouncedOfAServiceThatWasNotHeardForAsLongAsItHadBeenKnown() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 90; i++) {
            assertThat(service.close(MinuteLoad.ofRequests(20)).decision()).isPresent();
        }
        for (int i = 0; i < 89; i++) {
            assertThat(service.close(MinuteLoad.NONE).decision()).isPresent();
        }
        Announcement silent = service.close(MinuteLoad.NONE);
        assertThat(service.isSilent()).isTrue();
        assertThat(silent.minutes()).isEmpty();
        assertThat(silent.decision()).isEmpty();

        assertThat(service.close(MinuteLoad.REQUEST).minutes()).isPresent();
        assertThat(service.isSilent()).isFalse();
    }

    @Test
    void aForecasterOfAnotherVersionLearnsAnewFromThePast() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        for (int i = 0; i < 2000; i++) {
            service.close(MinuteLoad.ofRequests(LOADS[i]));
        }
        ServiceMemory ours = service.save();
        ServiceMemory older = new ServiceMemory(
                0,
                ours.began(),
                ours.announced(),
                ours.heard(),
                ours.events(),
                ours.measuring(),
                ours.lostRequests(),
                ours.minutes(),
                ours.hours(),
                ours.hourSums(),
                ours.minuteScores(),
                ours.hourScores(),
                ours.pastMinutes(),
                ours.pastHours(),
                new double[3]);

        Forecast relearned = ServiceScaling.restored(older, SETTINGS)
                .close(MinuteLoad.ofRequests(LOADS[2000]))
                .minutes()
                .orElseThrow();

        Forecast expected =
                service.close(MinuteLoad.ofRequests(LOADS[2000])).minutes().orElseThrow();
        // All of the past is still there, so it knows what it knew.
        assertThat(relearned).isEqualTo(expected);
    }

    @Test
    void scoresAreOfTheForecastsThatWereAnnounced() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        List<Announcement> said = new ArrayList<>();
        for (int i = 0; i < 1600; i++) {
            said.add(service.close(MinuteLoad.ofRequests(LOADS[i])));
        }
        // Minute 1499 ends an hour; it is final when 15 more have come.
        Score score = said.get(1499 + 15).minuteScores().stream()
                .filter(one -> one.ahead() == 5)
                .findFirst()
                .orElseThrow();
        double errors = 0;
        int inside = 0;
        for (int i = 1440; i < 1500; i++) {
            var step = said.get(i - 5).minutes().orElseThrow().steps().get(4);
            errors += Math.abs(LOADS[i] - step.mean());
            inside += LOADS[i] >= step.lo80() && LOADS[i] <= step.hi80() ? 1 : 0;
        }
        assertThat(score.windowStart()).isEqualTo(START + 1440);
        assertThat(score.forecasts()).isEqualTo(60);
        assertThat(score.absoluteErrors()).isEqualTo(errors);
        assertThat(score.inside80()).isEqualTo(inside);
        assertThat(score.scale()).isPositive();
        assertThat(said.get(1499 + 15).minuteScores()).extracting(Score::ahead).containsExactly(1, 5, 15, 30, 60);
    }

    @Test
    void theLedgerKnowsTheReplicasThatReadingsTell() {
        ServiceScaling service = ServiceScaling.beginningAt(START, SETTINGS);
        var decision = service.close(MinuteLoad.ofRequests(100).plus(MinuteLoad.ofReading(5, 0.4, 0.1, 0, 0, 12)))
                .decision()
                .orElseThrow();

        assertThat(decision.load()).isEqualTo(100);
        assertThat(decision.current()).isEqualTo(12);
        assertThat(decision.own().replicas()).isEqualTo(12);
        int desired = decision.desired();
        var next = service.close(MinuteLoad.ofRequests(300).plus(MinuteLoad.ofReading(65, 0.4, 0.1, 0, 0, desired)))
                .decision()
                .orElseThrow();
        assertThat(next.desired()).isGreaterThan(desired);
        var starting = service.close(
                        MinuteLoad.ofRequests(300).plus(MinuteLoad.ofReading(125, 0.4, 0.1, 0, 0, desired)))
                .decision()
                .orElseThrow();
        assertThat(starting.current()).isEqualTo(next.desired());
        assertThat(starting.action()).isEqualTo(Action.KEEP);
    }
}
