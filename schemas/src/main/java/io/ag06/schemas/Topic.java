package io.ag06.schemas;

import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic, as its file in {@code topics/} states it.
 *
 * @param name the topic's name on Kafka, as {@code ag06.audio-frames}
 * @param record the simple name of the record it carries
 * @param description what travels on it, in one sentence
 * @param key the record's field that is the Kafka key
 * @param keyReason why that field
 * @param identity the fields that tell its records apart: two with the same values are one and the same, sent twice
 * @param partitions number of partitions, at least 1
 * @param retention how long Kafka keeps a record
 * @param timestamp whose time Kafka gives to a record: {@code LogAppendTime} everywhere, the reference for lateness
 * @param compatibility what a new version of the record must keep, in the words of schema registries
 * @param producers the programs of ours that write to it
 * @param consumers the programs of ours that read from it
 */
public record Topic(
        String name,
        String record,
        String description,
        String key,
        String keyReason,
        List<String> identity,
        int partitions,
        Duration retention,
        String timestamp,
        String compatibility,
        List<String> producers,
        List<String> consumers) {

    private static final String PREFIX = "ag06.";

    public Topic {
        identity = List.copyOf(identity);
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
        if (!name.startsWith(PREFIX)) {
            throw new IllegalArgumentException("topic " + name + ": the name must begin with " + PREFIX);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions must be at least 1, was " + partitions);
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("topic " + name + ": retention must be positive, was " + retention);
        }
    }

    /** The name without {@code ag06.}, as the command line and the files of a backfill use it. */
    public String shortName() {
        return name.substring(PREFIX.length());
    }

    /** The schema that readers of this version use. */
    public Schema schema() {
        return SchemaVersions.bundled().current(record);
    }

    /** Whether its records say when what they tell of happened. */
    public boolean hasEventTime() {
        return schema().getField("event_time") != null;
    }

    /** The generated class of the record. */
    public Class<? extends SpecificRecord> recordClass() {
        try {
            return Class.forName(schema().getFullName(), true, Topic.class.getClassLoader())
                    .asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("topic " + name + ": no class was generated for its record " + record, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
