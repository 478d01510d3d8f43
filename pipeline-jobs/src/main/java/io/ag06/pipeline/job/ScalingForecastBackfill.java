package io.ag06.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.event.RejectedLine;
import io.ag06.pipeline.row.ForecastAccuracyRow;
import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.row.ScalingForecastRow;
import io.ag06.pipeline.row.ScalingRow;
import io.ag06.pipeline.settings.ScalingForecastSettings;
import io.ag06.pipeline.source.LoadLines;
import io.ag06.pipeline.source.LoadParts;
import io.ag06.schemas.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.util.CloseableIterator;

/**
 * The scaling job's own graph over files, to their end. Event time stands still until all is read, so nothing is late,
 * in whatever order the files have it; then the minutes are closed one after the other.
 */
final class ScalingForecastBackfill implements Backfill {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<Topic> topics() {
        return LoadParts.TOPICS;
    }

    @Override
    public BackfillReport run(
            Map<Topic, List<Path>> inputs,
            List<String> arguments,
            int parallelism,
            Consumer<String> results,
            Consumer<RejectedLine> rejected)
            throws Exception {
        ScalingForecastSettings settings = ScalingForecastSettings.read(arguments);
        TopicFiles<LoadPart> files = TopicFiles.read(inputs, parallelism, LoadLines::new);
        CloseableIterator<ScalingRow> rows =
                ScalingForecastJob.rows(settings, files.events()).collectAsync();
        Printed printed = new Printed(results);
        long rejectedLines = files.run("backfill scaling-forecast", rows, printed::print, rejected);
        return new BackfillReport(printed.lines, rejectedLines);
    }

    /** Rows as the views show them. */
    private static final class Printed {
        private final Consumer<String> results;
        private long lines;

        Printed(Consumer<String> results) {
            this.results = results;
        }

        void print(ScalingRow row) {
            if (row.forecast() != null) {
                for (int step = 0; step < row.forecast().mean().length; step++) {
                    print(json(row.forecast(), step));
                }
            } else if (row.accuracy() != null) {
                print(json(row.accuracy()));
            } else {
                print(json(row.decision()));
            }
        }

        private void print(ObjectNode row) {
            results.accept(row.toString());
            lines++;
        }
    }

    private static ObjectNode json(ScalingForecastRow row, int step) {
        ObjectNode json = JSON.createObjectNode();
        json.put("_table", "scaling_forecasts");
        json.put("service", row.service());
        json.put("step_seconds", row.stepSeconds());
        json.put("made_at", time(row.madeAt()));
        json.put("ahead", step + 1);
        json.put("step_start", time(row.madeAt() + step * row.stepSeconds()));
        json.put("step_end", time(row.madeAt() + (step + 1) * row.stepSeconds()));
        json.put("mean", row.mean()[step]);
        json.put("lo80", row.lo80()[step]);
        json.put("hi80", row.hi80()[step]);
        json.put("lo95", row.lo95()[step]);
        json.put("hi95", row.hi95()[step]);
        json.put("model", row.model()[step]);
        json.put("calibrated", row.calibrated());
        json.put("gaps_at_end", row.gapsAtEnd());
        json.put("assumptions", row.assumptions());
        return json;
    }

    private static ObjectNode json(ForecastAccuracyRow row) {
        ObjectNode json = JSON.createObjectNode();
        Double scale = row.scale() == null || row.scale() == 0 ? null : row.scale() * row.forecasts();
        json.put("_table", "forecast_accuracy");
        json.put("service", row.service());
        json.put("step_seconds", row.stepSeconds());
        json.put("ahead", row.ahead());
        json.put("window_start", time(row.windowStart()));
        json.put("window_end", time(row.windowEnd()));
        json.put("forecasts", row.forecasts());
        json.put("mean_absolute_error", row.absoluteErrors() / row.forecasts());
        json.put("smape", row.symmetricErrors() / row.forecasts());
        json.put("mase", over(row.absoluteErrors(), scale));
        json.put("coverage80", (double) row.inside80() / row.forecasts());
        json.put("coverage95", (double) row.inside95() / row.forecasts());
        json.put("width80", over(row.widths80(), scale));
        json.put("width95", over(row.widths95(), scale));
        return json;
    }

    private static Double over(double sum, Double scale) {
        return scale == null ? null : (Double) (sum / scale);
    }

    private static ObjectNode json(ScalingDecisionRow row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("_table", "scaling_decisions");
        json.put("service", row.service());
        json.put("decided_at", time(row.decidedAt()));
        json.put("load", row.load());
        json.put("saturation", row.saturation());
        json.put("capacity", row.capacity());
        json.put("capacity_learned", row.capacityLearned());
        json.put("quantile", row.quantile());
        json.put("forecast", row.forecast());
        json.put("provided", row.provided());
        json.put("current_replicas", row.currentReplicas());
        json.put("desired_replicas", row.desiredReplicas());
        json.put("action", row.action());
        json.put("reason", row.reason());
        json.put("why", row.why());
        json.put("confident", row.confident());
        json.put("hourly_cost", row.hourlyCost());
        json.put("hourly_saving", row.hourlySaving());
        json.put("own_replicas", row.ownReplicas());
        json.put("own_hourly_cost", row.ownHourlyCost());
        json.put("own_missing", row.ownMissing());
        json.put("reactive_replicas", row.reactiveReplicas());
        json.put("reactive_hourly_cost", row.reactiveHourlyCost());
        json.put("reactive_missing", row.reactiveMissing());
        json.put("static_replicas", row.staticReplicas());
        json.put("static_hourly_cost", row.staticHourlyCost());
        json.put("static_missing", row.staticMissing());
        json.put("reactive_desired", row.reactiveDesired());
        json.put("fewest_replicas", row.fewestReplicas());
        json.put("most_replicas", row.mostReplicas());
        return json;
    }

    private static String time(int seconds) {
        return ViewTime.of(Instant.ofEpochSecond(Integer.toUnsignedLong(seconds)));
    }
}
