package io.ag06.pipeline.job;

import java.util.List;
import java.util.stream.Collectors;

/** Every job of the product. */
public final class Jobs {
    private static final List<Job> ALL =
            List.of(new EventArchiveJob(), new GoldenSignalsJob(), new ScalingForecastJob());

    private Jobs() {}

    /** In the order in which a stack submits them. */
    public static List<Job> all() {
        return ALL;
    }

    /**
     * The job of this name.
     *
     * @throws IllegalArgumentException with the names there are
     */
    public static Job named(String name) {
        return ALL.stream()
                .filter(job -> job.jobName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no job '%s'; there are: %s"
                        .formatted(name, ALL.stream().map(Job::jobName).collect(Collectors.joining(", ")))));
    }
}
