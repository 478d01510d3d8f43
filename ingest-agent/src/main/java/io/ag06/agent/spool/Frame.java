package io.ag06.agent.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record as it lies in a segment: length of the body (4 bytes), CRC-32C of the body (4), then the body: length of the
 * topic (2), topic, length of the key (4), key, value. Big endian.
 */
final class Frame {
    /** Bytes before the body. */
    static final int HEADER_BYTES = 8;

    private static final int BODY_OVERHEAD_BYTES = 6;

    /** The largest frame there can be. */
    static final int MAX_BYTES = HEADER_BYTES + BODY_OVERHEAD_BYTES + SpooledRecord.MAX_BYTES;

    private Frame() {}

    static byte[] encode(SpooledRecord record) {
        var topic = SpooledRecord.utf8(record.topic());
        var key = SpooledRecord.utf8(record.key());
        int body = BODY_OVERHEAD_BYTES + topic.length + key.length + record.value().length;
        var bytes = new byte[HEADER_BYTES + body];
        var frame = ByteBuffer.wrap(bytes).putInt(body).putInt(0);
        frame.putShort((short) topic.length).put(topic);
        frame.putInt(key.length).put(key).put(record.value());
        frame.putInt(4, crc(bytes, HEADER_BYTES, body));
        return bytes;
    }

    /**
     * The size of the frame that begins at the buffer's position, header and all.
     *
     * @param buffer one that wraps a whole array
     * @return empty where no whole and sound frame is there: a torn write, or what a full disk left behind
     */
    static Optional<Integer> soundBytes(ByteBuffer buffer) {
        if (buffer.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int at = buffer.position();
        int body = buffer.getInt(at);
        if (body < BODY_OVERHEAD_BYTES || body > buffer.remaining() - HEADER_BYTES) {
            return Optional.empty();
        }
        boolean sound = buffer.getInt(at + 4) == crc(buffer.array(), buffer.arrayOffset() + at + HEADER_BYTES, body);
        return sound ? Optional.of(HEADER_BYTES + body) : Optional.empty();
    }

    /** Reads a sound frame and moves the buffer's position behind it. */
    static SpooledRecord decode(ByteBuffer buffer) {
        int end = buffer.position() + HEADER_BYTES + buffer.getInt();
        buffer.getInt();
        var topic = text(buffer, buffer.getShort());
        var key = text(buffer, buffer.getInt());
        var value = new byte[end - buffer.position()];
        buffer.get(value);
        return new SpooledRecord(topic, key, value);
    }

    private static String text(ByteBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
