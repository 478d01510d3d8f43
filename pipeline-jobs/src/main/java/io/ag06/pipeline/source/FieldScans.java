package io.ag06.pipeline.source;

import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.SchemaVersions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The scans of one record, one for each version that may have been written. */
final class FieldScans {
    private final Map<Long, FieldScan> byFingerprint = new HashMap<>();
    private long lastFingerprint;
    private FieldScan last;

    /**
     * Scans for some fields of every version.
     *
     * @param record the record's simple name
     * @param rules by which all versions are judged
     * @param wanted names of fields; a name's index here is the field's slot
     */
    FieldScans(String record, RecordRules rules, List<String> wanted) {
        SchemaVersions versions = SchemaVersions.bundled();
        for (Schema version : versions.of(record)) {
            FieldScan.of(version, versions.current(record), rules, wanted)
                    .ifPresent(scan -> byFingerprint.put(SchemaVersions.fingerprint(version), scan));
        }
    }

    /** The scan that has found everything in the message; null where none is sure of it. */
    FieldScan scan(byte[] message) {
        long fingerprint;
        try {
            fingerprint = RecordCodec.fingerprint(message);
        } catch (DecodeException e) {
            return null;
        }
        if (last == null || fingerprint != lastFingerprint) {
            last = byFingerprint.get(fingerprint);
            lastFingerprint = fingerprint;
        }
        return last != null && last.scan(message, RecordCodec.HEADER_BYTES) ? last : null;
    }
}
