package io.ag06.pipeline.source;

import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.SchemaVersions;
import io.ag06.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Messages as they may lie in a topic: records of any bundled version, most of them ordinary, some with values at the
 * ends of what their types hold; whole, or damaged.
 */
final class RandomMessages {
    private static final List<String> TEXTS =
            List.of("", "a", "mixer-api", "Größe", "音", "\uD83C\uDFB5 PUT /x", "\u0000");

    private final Random random;
    private final Instant appendedAt;

    /** @param appendedAt that most event times lie near to */
    RandomMessages(Random random, Instant appendedAt) {
        this.random = random;
        this.appendedAt = appendedAt;
    }

    /** A whole record of any version of the topic's. */
    byte[] whole(Topic topic) {
        List<Schema> versions = SchemaVersions.bundled().of(topic.record());
        return whole(versions.get(random.nextInt(versions.size())));
    }

    /** A whole record of this schema. */
    byte[] whole(Schema schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(RecordCodec.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaVersions.fingerprint(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(value(schema), encoder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** The same with something wrong: cut off, overwritten, with bytes too few or too many. */
    byte[] damaged(byte[] whole) {
        int at = random.nextInt(whole.length);
        byte[] damaged = whole.clone();
        switch (random.nextInt(6)) {
            case 0 -> damaged = Arrays.copyOf(whole, at);
            case 1 -> damaged = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(9));
            case 2 -> damaged[at] = (byte) random.nextInt();
            case 3 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 4 -> damaged = spliced(whole, at, new byte[0], 1 + random.nextInt(8));
            default -> damaged = spliced(whole, at, ones(1 + random.nextInt(10)), random.nextInt(2));
        }
        return damaged;
    }

    /** Bytes of which each says that the number goes on. */
    private byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) (0x80 | random.nextInt(2) * 0x7F));
        return ones;
    }

    private static byte[] spliced(byte[] whole, int at, byte[] in, int out) {
        int rest = Math.min(whole.length, at + out);
        byte[] spliced = new byte[at + in.length + whole.length - rest];
        System.arraycopy(whole, 0, spliced, 0, at);
        System.arraycopy(in, 0, spliced, at, in.length);
        System.arraycopy(whole, rest, spliced, at + in.length, whole.length - rest);
        return spliced;
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(bytes());
            case INT -> seldom() ? random.nextInt() : random.nextInt(600);
            case LONG -> schema.getLogicalType() == null ? number() : time();
            case DOUBLE -> seldom() ? strangeDouble() : random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case NULL -> null;
            case ARRAY -> items(schema);
            case RECORD -> record(schema);
            default -> throw new AssertionError("No field of a record has the type " + schema);
        };
    }

    private GenericData.Record record(Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    private List<Object> items(Schema schema) {
        List<Object> items = new ArrayList<>();
        int count = seldom() ? random.nextInt(20) : 10; // As many as a frame has bands.
        for (int i = 0; i < count; i++) {
            items.add(value(schema.getElementType()));
        }
        return items;
    }

    private String text() {
        if (seldom()) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(seldom() ? 300 : 30); i > 0; i--) {
            text.append((char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private long number() {
        if (!seldom()) {
            return random.nextLong() >>> (1 + random.nextInt(63));
        }
        return random.nextBoolean()
                ? random.nextLong()
                : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE).get(random.nextInt(4));
    }

    private long time() {
        return seldom()
                ? number()
                : ChronoUnit.MICROS.between(Instant.EPOCH, appendedAt)
                        - random.nextInt(600_000_000)
                        + random.nextInt(1000);
    }

    private double strangeDouble() {
        return Double.longBitsToDouble(random.nextLong() << random.nextInt(64));
    }

    private boolean seldom() {
        return random.nextInt(20) == 0;
    }
}
