package io.ag06.local;

import io.ag06.pipeline.job.Backfill;
import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.Topic;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A backfill with its files: what is read, where results and rejected lines go. */
public final class BackfillRun {
    private static final String PARALLELISM = "parallelism";
    private static final int SHOWN_REASONS = 5;

    private final Backfill backfill;
    private final Map<Topic, List<Path>> inputs;
    private final List<String> settings;
    private final int parallelism;

    /**
     * @param jobName the job
     * @param inputs each {@code TOPIC=FILE}
     * @param settings of the job; {@code parallelism} sets its parallel tasks
     */
    public BackfillRun(String jobName, List<String> inputs, Map<String, String> settings) {
        Job job = Jobs.named(jobName);
        this.backfill = Backfill.of(job);
        this.inputs = inputs(inputs);
        Map<String, String> others = new TreeMap<>(settings);
        this.parallelism = Parallelism.parse(others.remove(PARALLELISM));
        this.settings = others.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /**
     * Runs to the end of the files.
     *
     * @param results where each row goes, a line of JSON; flushed, and closed by the caller
     * @param rejectedFile where rejected lines go, with their topic and reason
     * @return what a person should know of it, a line each
     */
    public List<String> run(OutputStream results, Optional<Path> rejectedFile) throws Exception {
        Map<String, Long> reasons = new LinkedHashMap<>();
        Writer out = new BufferedWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8));
        try (Writer rejected = writer(rejectedFile)) {
            Backfill.BackfillReport report =
                    backfill.run(inputs, settings, parallelism, line -> println(out, line), line -> {
                        reasons.merge(line.topic() + ": " + line.reason(), 1L, Long::sum);
                        println(rejected, Json.line(line));
                    });
            out.flush();
            return summary(report, reasons);
        }
    }

    private static List<String> summary(Backfill.BackfillReport report, Map<String, Long> reasons) {
        List<String> lines = new ArrayList<>();
        lines.add("%,d rows; %,d lines rejected".formatted(report.rows(), report.rejectedLines()));
        reasons.entrySet().stream()
                .limit(SHOWN_REASONS)
                .forEach(reason -> lines.add("  %,d x %s".formatted(reason.getValue(), reason.getKey())));
        if (reasons.size() > SHOWN_REASONS) {
            lines.add("  and %,d other reasons".formatted(reasons.size() - SHOWN_REASONS));
        }
        return lines;
    }

    private Map<Topic, List<Path>> inputs(List<String> texts) {
        Map<String, Topic> topics =
                backfill.topics().stream().collect(Collectors.toMap(Topic::shortName, topic -> topic));
        Map<Topic, List<Path>> found = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            Topic topic = equals < 0 ? null : topics.get(text.substring(0, equals));
            if (topic == null) {
                throw new StackException("--input %s: must be TOPIC=FILE, where TOPIC is one of %s"
                        .formatted(text, String.join(", ", new TreeMap<>(topics).keySet())));
            }
            Path file = Path.of(text.substring(equals + 1)).toAbsolutePath();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new StackException("--input %s: there is no file to read at %s".formatted(text, file));
            }
            found.computeIfAbsent(topic, none -> new ArrayList<>()).add(file);
        }
        return found;
    }

    private static Writer writer(Optional<Path> file) throws IOException {
        return file.isPresent() ? Files.newBufferedWriter(file.get()) : Writer.nullWriter();
    }

    private static void println(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("A result can't be written: " + e.getMessage(), e);
        }
    }
}
