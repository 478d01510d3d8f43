package io.ag06.local.health;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.settings.KafkaSettings;
import io.ag06.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka how far its topics go and how far each job has come. Used by one thread. */
final class KafkaProbe implements AutoCloseable {
    private final String bootstrapServers;
    private final Duration timeout;
    private final CommittedTail tail;
    private Admin admin;

    /** @param timeout for each question */
    KafkaProbe(String bootstrapServers, Duration timeout) {
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
        this.tail = new CommittedTail(bootstrapServers, timeout);
    }

    /**
     * Records that each job has yet to take in, by job and topic; without the topics that Kafka does not have. A
     * position is the one that the job's last completed checkpoint committed, or the beginning where there is none.
     */
    Map<String, Map<String, Long>> lags(List<Job> jobs) throws IOException, InterruptedException {
        Set<TopicPartition> partitions = partitions(jobs.stream()
                .flatMap(job -> job.topics().stream())
                .map(Topic::name)
                .collect(Collectors.toSet()));
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> beginnings = offsets(partitions, OffsetSpec.earliest());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(jobs);

        Map<String, Map<TopicPartition, CommittedTail.Range>> open = new HashMap<>();
        for (Job job : jobs) {
            Map<TopicPartition, OffsetAndMetadata> positions = committed.get(job.jobName());
            Map<TopicPartition, CommittedTail.Range> ranges = new HashMap<>();
            Set<String> read = job.topics().stream().map(Topic::name).collect(Collectors.toSet());
            partitions.stream()
                    .filter(partition -> read.contains(partition.topic()))
                    .forEach(partition -> {
                        OffsetAndMetadata position = positions.get(partition);
                        long from = position == null
                                ? beginnings.get(partition)
                                : Math.max(position.offset(), beginnings.get(partition));
                        ranges.put(partition, new CommittedTail.Range(from, Math.max(from, ends.get(partition))));
                    });
            open.put(job.jobName(), ranges);
        }
        return tail.records(open).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, job -> byTopic(job.getValue())));
    }

    private static Map<String, Long> byTopic(Map<TopicPartition, Long> records) {
        Map<String, Long> topics = new TreeMap<>();
        records.forEach((partition, count) -> topics.merge(partition.topic(), count, Long::sum));
        return topics;
    }

    /** The first offset at or after a moment of append time, by topic and partition; without those that have none. */
    Map<String, Map<Integer, Long>> offsetsAt(Collection<Topic> topics, Instant moment)
            throws IOException, InterruptedException {
        Set<TopicPartition> partitions =
                partitions(topics.stream().map(Topic::name).collect(Collectors.toSet()));
        Map<String, Map<Integer, Long>> offsets = new HashMap<>();
        offsets(partitions, OffsetSpec.forTimestamp(moment.toEpochMilli())).forEach((partition, offset) -> {
            if (offset >= 0) {
                offsets.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                        .put(partition.partition(), offset);
            }
        });
        return offsets;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
            throws IOException, InterruptedException {
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        try {
            return admin()
                    .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, KafkaProbe::offset));
        } catch (ExecutionException e) {
            throw unanswered(e.getCause());
        }
    }

    private static long offset(Map.Entry<TopicPartition, ListOffsetsResultInfo> answer) {
        return answer.getValue().offset();
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(List<Job> jobs)
            throws IOException, InterruptedException {
        var groups = jobs.stream()
                .collect(Collectors.toMap(
                        job -> KafkaSettings.groupOf(job.jobName()), job -> new ListConsumerGroupOffsetsSpec()));
        try {
            var answer = admin().listConsumerGroupOffsets(groups).all().get();
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
            for (Job job : jobs) {
                committed.put(job.jobName(), answer.get(KafkaSettings.groupOf(job.jobName())));
            }
            return committed;
        } catch (ExecutionException e) {
            throw unanswered(e.getCause());
        }
    }

    private Set<TopicPartition> partitions(Set<String> topics) throws IOException, InterruptedException {
        DescribeTopicsResult answer = admin().describeTopics(topics);
        Set<TopicPartition> partitions = new HashSet<>();
        for (var topic : answer.topicNameValues().entrySet()) {
            try {
                topic.getValue()
                        .get()
                        .partitions()
                        .forEach(info -> partitions.add(new TopicPartition(topic.getKey(), info.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unanswered(e.getCause());
                }
            }
        }
        return partitions;
    }

    /** Made at its first use: it can't be while no name of Kafka's can be resolved. */
    private Admin admin() throws IOException {
        if (admin == null) {
            try {
                int patience = Math.toIntExact(timeout.toMillis());
                admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "ag06-monitor",
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        patience,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        patience));
            } catch (KafkaException e) {
                throw unanswered(e);
            }
        }
        return admin;
    }

    private IOException unanswered(Throwable cause) {
        return new IOException("no answer from %s: %s".formatted(bootstrapServers, cause.getMessage()), cause);
    }

    @Override
    public void close() {
        tail.close();
        if (admin != null) {
            admin.close(timeout);
        }
    }
}
