package io.ag06.pipeline.operator.scaling;

import io.ag06.analytics.scaling.decision.Alternative;
import io.ag06.analytics.scaling.decision.Decision;
import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastStep;
import io.ag06.analytics.scaling.forecast.Quality;
import io.ag06.analytics.scaling.service.Announcement;
import io.ag06.analytics.scaling.service.Score;
import io.ag06.pipeline.row.ForecastAccuracyRow;
import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingForecastRow;
import io.ag06.pipeline.row.ScalingRow;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** What is announced of one service, as rows of tables. */
final class ScalingRows {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final long MOST_SECONDS = 0xFFFF_FFFFL;

    private final String service;
    private final ScalingTerms terms;
    private final Announcement said;
    private final Consumer<ScalingRow> rows;

    private ScalingRows(String service, ScalingTerms terms, Announcement said, Consumer<ScalingRow> rows) {
        this.service = service;
        this.terms = terms;
        this.said = said;
        this.rows = rows;
    }

    /** Hands on all rows of an announcement. */
    static void of(String service, ScalingTerms terms, Announcement said, Consumer<ScalingRow> rows) {
        new ScalingRows(service, terms, said, rows).handOn();
    }

    private void handOn() {
        said.minutes().ifPresent(forecast -> rows.accept(forecast(SECONDS_PER_MINUTE, forecast)));
        said.hours().ifPresent(forecast -> rows.accept(forecast(SECONDS_PER_HOUR, forecast)));
        scores(SECONDS_PER_MINUTE, MINUTES_PER_HOUR, said.minuteScores());
        scores(SECONDS_PER_HOUR, HOURS_PER_DAY, said.hourScores());
        said.decision().ifPresent(decision -> rows.accept(decision(decision)));
    }

    /** The end of the minute. */
    private int moment() {
        return seconds((said.minute() + 1) * SECONDS_PER_MINUTE);
    }

    /** Seconds since the epoch as the tables have them: unsigned, up to the year 2106. */
    private static int seconds(long seconds) {
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw new ArithmeticException("No moment of the tables: %d s since the epoch".formatted(seconds));
        }
        return (int) seconds;
    }

    private ScalingRow forecast(int stepSeconds, Forecast forecast) {
        Quality quality = forecast.quality();
        List<ForecastStep> steps = forecast.steps();
        return ScalingRow.of(new ScalingForecastRow(
                service,
                stepSeconds,
                moment(),
                numbers(steps, ForecastStep::mean),
                numbers(steps, ForecastStep::lo80),
                numbers(steps, ForecastStep::hi80),
                numbers(steps, ForecastStep::lo95),
                numbers(steps, ForecastStep::hi95),
                steps.stream().map(ForecastStep::model).toArray(String[]::new),
                quality.calibrated(),
                quality.gapsAtEnd(),
                String.join("; ", quality.assumptions()),
                said.events()));
    }

    private static double[] numbers(List<ForecastStep> steps, ToDoubleFunction<ForecastStep> number) {
        return steps.stream().mapToDouble(number).toArray();
    }

    private void scores(int stepSeconds, int window, List<Score> scores) {
        for (Score score : scores) {
            rows.accept(ScalingRow.of(new ForecastAccuracyRow(
                    service,
                    stepSeconds,
                    score.ahead(),
                    seconds(score.windowStart() * stepSeconds),
                    seconds((score.windowStart() + window) * stepSeconds),
                    score.forecasts(),
                    score.absoluteErrors(),
                    score.symmetricErrors(),
                    score.inside80(),
                    score.inside95(),
                    score.widths80(),
                    score.widths95(),
                    score.scale(),
                    said.events())));
        }
    }

    private ScalingRow decision(Decision decision) {
        Alternative own = decision.own();
        Alternative reactive = decision.reactive();
        Alternative staticPeak = decision.staticPeak();
        return ScalingRow.of(new ScalingDecisionRow(
                service,
                moment(),
                orNull(decision.load()),
                said.saturation().isPresent() ? said.saturation().getAsDouble() : null,
                decision.capacity(),
                decision.capacityLearned(),
                decision.quantile(),
                orNull(decision.forecast()),
                decision.provided(),
                decision.current(),
                decision.desired(),
                word(decision.action()),
                word(decision.reason()),
                decision.reason().words(),
                decision.confident(),
                decision.hourlyCost(),
                staticPeak.hourlyCost() - decision.hourlyCost(),
                own.replicas(),
                own.hourlyCost(),
                own.missing(),
                reactive.replicas(),
                reactive.hourlyCost(),
                reactive.missing(),
                staticPeak.replicas(),
                staticPeak.hourlyCost(),
                staticPeak.missing(),
                decision.reactiveDesired(),
                terms.fewest(),
                terms.most(),
                said.events()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
