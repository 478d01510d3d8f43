package io.ag06.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Every version of every record that was ever released, found by its fingerprint (CRC-64-AVRO of the schema's parsing
 * canonical form, as single-object encoding carries it).
 *
 * <p>The versions are the frozen files {@code versions/<record>/<n>.avsc}, numbered from 1 without gaps; the newest is
 * the schema that the classes are generated from. Versions that differ only in words or rules share a fingerprint: the
 * newest of them is returned, which reads the same bytes. Immutable, safe for use by several threads.
 */
public final class SchemaVersions {
    private static final SchemaVersions BUNDLED = read();

    private final Map<String, List<Schema>> versions;
    private final Map<Long, Schema> byFingerprint;

    private SchemaVersions(Map<String, List<Schema>> versions) {
        this.versions = versions;
        this.byFingerprint = new HashMap<>();
        for (var ofRecord : versions.values()) {
            for (var schema : ofRecord) {
                var other = byFingerprint.put(fingerprint(schema), schema);
                if (other != null && !other.getFullName().equals(schema.getFullName())) {
                    throw new IllegalStateException("the records " + other.getFullName() + " and "
                            + schema.getFullName() + " share a fingerprint: rename one of them");
                }
            }
        }
    }

    /** The versions that this build carries. */
    public static SchemaVersions bundled() {
        return BUNDLED;
    }

    /** The fingerprint that single-object encoding writes for this schema. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The simple names of all records, as {@code AudioFrame}. */
    public Set<String> records() {
        return versions.keySet();
    }

    /** Every version of a record, the oldest first. */
    public List<Schema> of(String record) {
        var found = versions.get(record);
        if (found == null) {
            throw new IllegalArgumentException("there is no record " + record + "; the records are " + records());
        }
        return found;
    }

    /** The newest version of a record: what producers write and readers resolve to. */
    public Schema current(String record) {
        var all = of(record);
        return all.get(all.size() - 1);
    }

    /** The version, of whichever record, that carries this fingerprint. */
    public Optional<Schema> byFingerprint(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** The version of this record that carries this fingerprint; empty too where it is another record's. */
    public Optional<Schema> byFingerprint(String record, long fingerprint) {
        return byFingerprint(fingerprint).filter(schema -> schema.getName().equals(record));
    }

    /** The name of a record's folders: {@code AudioFrame} is {@code audio-frame}. */
    static String folder(String record) {
        return record.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static SchemaVersions read() {
        TrustedRecords.trust();
        var versions = new LinkedHashMap<String, List<Schema>>();
        for (var topic : Topics.all()) {
            versions.put(topic.record(), read(topic.record()));
        }
        return new SchemaVersions(versions);
    }

    private static List<Schema> read(String record) {
        var schemas = new ArrayList<Schema>();
        for (int version = 1; ; version++) {
            var path = "/versions/" + folder(record) + "/" + version + ".avsc";
            try (var in = SchemaVersions.class.getResourceAsStream(path)) {
                if (in == null) {
                    break;
                }
                // A parser refuses a name that it knows already: each version gets a parser of its own.
                schemas.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new IllegalStateException("can't read " + path + ": " + e.getMessage(), e);
            }
        }
        if (schemas.isEmpty()) {
            throw new IllegalStateException("the record " + record + " has no released version on the class path");
        }
        return List.copyOf(schemas);
    }
}
