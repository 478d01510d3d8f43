package io.ag06.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.analytics.goldensignals.GoldenSignals;
import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.pipeline.event.RejectedLine;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.operator.goldensignals.GoldenSignalsMerge;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import io.ag06.pipeline.settings.GoldenSignalsSettings;
import io.ag06.pipeline.source.SignalInputs;
import io.ag06.pipeline.source.SignalLines;
import io.ag06.schemas.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.CloseableIterator;

/** The golden-signals job's own graph over files, to their end; its sums finished as the view shows them. */
final class GoldenSignalsBackfill implements Backfill {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<Topic> topics() {
        return SignalInputs.TOPICS;
    }

    @Override
    public BackfillReport run(
            Map<Topic, List<Path>> inputs,
            List<String> arguments,
            int parallelism,
            Consumer<String> results,
            Consumer<RejectedLine> rejected)
            throws Exception {
        GoldenSignalsSettings settings = GoldenSignalsSettings.read(arguments);
        TopicFiles<SignalInput> files = TopicFiles.read(inputs, parallelism, SignalLines::new);
        var collected = new CollectedSums();
        GoldenSignalsJob.wire(settings, files.events(), collected);
        GoldenSignalsMerge merge = new GoldenSignalsMerge();
        long rejectedLines = files.run("backfill golden-signals", collected.iterator, merge::add, rejected);
        List<GoldenSignals> finished = merge.finish();
        for (GoldenSignals signals : finished) {
            results.accept(JSON.writeValueAsString(json(signals)));
        }
        return new BackfillReport(finished.size(), rejectedLines);
    }

    /** One row of the view. */
    private static ObjectNode json(GoldenSignals signals) {
        ObjectNode row = JSON.createObjectNode();
        row.put("_table", "golden_signals");
        row.put("entity_kind", signals.key().entityKind());
        row.put("entity_id", signals.key().entityId());
        row.put("operation", signals.key().operation());
        row.put("region", signals.key().region());
        row.put("window_start", time(signals.windowStart()));
        row.put("window_end", time(signals.windowEnd()));
        row.put("events", signals.events());
        row.put("events_per_second", signals.eventsPerSecond());
        row.put("bytes", signals.bytes().isPresent() ? signals.bytes().getAsLong() : null);
        row.put("errors", signals.errors());
        row.put("error_ratio", orNull(signals.errorRatio()));
        row.put("latency_p50_us", orNull(signals.latencyUs(500)));
        row.put("latency_p90_us", orNull(signals.latencyUs(900)));
        row.put("latency_p95_us", orNull(signals.latencyUs(950)));
        row.put("latency_p99_us", orNull(signals.latencyUs(990)));
        row.put("latency_p999_us", orNull(signals.latencyUs(999)));
        bins(row, "latency_bins", signals.latency());
        row.put("latency_zeros", signals.latency().zeros());
        bins(row, "latency_ok_bins", signals.latencyOk());
        row.put("latency_ok_zeros", signals.latencyOk().zeros());
        row.put("slow_events", signals.slowEvents());
        ObjectNode saturation = row.putObject("saturation");
        signals.saturation().resources().forEach(saturation::put);
        row.put("saturation_max", orNull(signals.saturationMax()));
        row.put(
                "missing_frames",
                signals.missingFrames().isPresent() ? signals.missingFrames().getAsLong() : null);
        return row;
    }

    private static void bins(ObjectNode row, String column, LatencyBins latency) {
        ObjectNode bins = row.putObject(column);
        latency.counts().forEach((bin, count) -> bins.put(Integer.toString(bin), count));
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static String time(Instant instant) {
        return ViewTime.of(instant);
    }

    /** Takes the graph's sums to this process. */
    private static final class CollectedSums implements Consumer<DataStream<GoldenSignalsPartialRow>> {
        private CloseableIterator<GoldenSignalsPartialRow> iterator;

        @Override
        public void accept(DataStream<GoldenSignalsPartialRow> sums) {
            iterator = sums.collectAsync();
        }
    }
}
