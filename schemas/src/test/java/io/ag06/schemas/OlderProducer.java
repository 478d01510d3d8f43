package io.ag06.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** Writes records as a producer did that knew an earlier version of them. */
final class OlderProducer {
    /** With the conversion of times that the generated classes use. */
    private static final GenericData DATA = new GenericData();

    static {
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    private OlderProducer() {}

    /** The record's bytes in that version; what the version does not know is left out. */
    static byte[] bytes(Schema version, IndexedRecord record) throws IOException {
        var older = new GenericData.Record(version);
        for (var field : version.getFields()) {
            older.put(
                    field.pos(),
                    record.get(record.getSchema().getField(field.name()).pos()));
        }
        return new BinaryMessageEncoder<GenericData.Record>(DATA, version)
                .encode(older)
                .array();
    }
}
