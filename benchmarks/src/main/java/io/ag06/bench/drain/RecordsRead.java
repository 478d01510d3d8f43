package io.ag06.bench.drain;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * How many records the sources of a job in this process have taken, read from Flink's own counters. They are looked at
 * where they are, many times a second: the REST interface shows them seconds late.
 */
public final class RecordsRead implements MetricReporter {
    /** Flink makes its reporters itself, so what they know is kept where the class is. */
    private static final Map<Counter, String> JOB_OF_COUNTER = new ConcurrentHashMap<>();

    private static final String NUM_RECORDS_IN = "numRecordsIn";
    private static final String OF_A_SOURCE = "Source: ";

    /** Has a cluster report here. */
    static void configure(Configuration configuration) {
        configuration.setString("metrics.reporter.bench.factory.class", Factory.class.getName());
    }

    /** Records that the job's sources have taken in so far. */
    static long by(JobID job) {
        String id = job.toString();
        long sum = 0;
        for (Map.Entry<Counter, String> counter : JOB_OF_COUNTER.entrySet()) {
            if (counter.getValue().equals(id)) {
                sum += counter.getKey().getCount();
            }
        }
        return sum;
    }

    @Override
    public void open(MetricConfig config) {
        // There is nothing to open.
    }

    @Override
    public void close() {
        JOB_OF_COUNTER.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        if (metric instanceof Counter counter
                && name.equals(NUM_RECORDS_IN)
                && variables.getOrDefault("<operator_name>", "").startsWith(OF_A_SOURCE)) {
            JOB_OF_COUNTER.put(counter, variables.get("<job_id>"));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            JOB_OF_COUNTER.remove(counter);
        }
    }

    /** Named in Flink's configuration. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new RecordsRead();
        }
    }
}
