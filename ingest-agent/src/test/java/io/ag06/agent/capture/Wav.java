package io.ag06.agent.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes WAV files for the tests, well-formed or as wrong as asked for. */
final class Wav {
    enum Encoding {
        PCM_16(1, 16),
        PCM_24(1, 24),
        PCM_32(1, 32),
        FLOAT_32(3, 32),
        FLOAT_64(3, 64);

        final int code;
        final int bits;

        Encoding(int code, int bits) {
            this.code = code;
            this.bits = bits;
        }
    }

    private final Encoding encoding;
    private final int rate;
    private final double[][] channels;
    private String outerId = "RIFF";
    private long outerSize = -1;
    private long dataSize = -1;
    private long longDataSize = -1;
    private int validBits;
    private byte[] extraChunk = {};
    private int cut;

    private Wav(Encoding encoding, int rate, double[][] channels) {
        this.encoding = encoding;
        this.rate = rate;
        this.channels = channels;
    }

    static Wav of(Encoding encoding, int rate, double[]... channels) {
        return new Wav(encoding, rate, channels);
    }

    /** What the 'data' chunk claims. */
    Wav dataSize(long size) {
        this.dataSize = size;
        return this;
    }

    Wav outerSize(long size) {
        this.outerSize = size;
        return this;
    }

    /** WAVE_FORMAT_EXTENSIBLE, with so many valid bits. */
    Wav extensible(int bits) {
        this.validBits = bits;
        return this;
    }

    /** A 64-bit file of which the 'ds64' chunk tells the size. */
    Wav rf64(String id, long size) {
        this.outerId = id;
        this.longDataSize = size;
        this.dataSize = 0xFFFF_FFFFL;
        this.outerSize = 0xFFFF_FFFFL;
        return this;
    }

    /** An unknown chunk before the sound; an odd length is padded. */
    Wav extraChunk(int length) {
        this.extraChunk = new byte[length];
        return this;
    }

    /** Leaves off the last bytes of the file. */
    Wav cut(int bytes) {
        this.cut = bytes;
        return this;
    }

    Path to(Path file) throws IOException {
        byte[] bytes = bytes();
        return Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
    }

    byte[] bytes() {
        byte[] sound = sound();
        var body = new ByteArrayOutputStream();
        body.writeBytes(ascii("WAVE"));
        if (longDataSize >= 0) {
            chunk(body, "ds64", 28, buffer(28).putLong(0).putLong(longDataSize).array());
        }
        byte[] format = format();
        chunk(body, "fmt ", format.length, format);
        if (extraChunk.length > 0) {
            chunk(body, "LIST", extraChunk.length, extraChunk);
        }
        chunk(body, "data", dataSize < 0 ? sound.length : dataSize, sound);
        var file = new ByteArrayOutputStream();
        file.writeBytes(ascii(outerId));
        file.writeBytes(buffer(4)
                .putInt((int) (outerSize < 0 ? body.size() : outerSize))
                .array());
        file.writeBytes(body.toByteArray());
        return file.toByteArray();
    }

    private byte[] format() {
        int blockBytes = channels.length * encoding.bits / 8;
        byte[] bytes = new byte[validBits > 0 ? 40 : 16];
        ByteBuffer format = ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (validBits > 0 ? 0xFFFE : encoding.code))
                .putShort((short) channels.length)
                .putInt(rate)
                .putInt(rate * blockBytes)
                .putShort((short) blockBytes)
                .putShort((short) encoding.bits);
        if (validBits > 0) {
            format.putShort((short) 22).putShort((short) validBits).putInt(0);
            format.putInt(encoding.code).putShort((short) 0).putShort((short) 0x10);
            format.put(new byte[] {(byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        }
        return bytes;
    }

    private byte[] sound() {
        byte[] bytes = new byte[channels[0].length * channels.length * encoding.bits / 8];
        ByteBuffer sound = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < channels[0].length; i++) {
            for (double[] channel : channels) {
                switch (encoding) {
                    case PCM_16 -> sound.putShort((short) Math.rint(channel[i] * (1 << 15)));
                    case PCM_24 -> {
                        int value = (int) Math.rint(channel[i] * (1 << 23));
                        sound.putShort((short) value).put((byte) (value >> 16));
                    }
                    case PCM_32 -> sound.putInt((int) Math.rint(channel[i] * (1L << 31)));
                    case FLOAT_32 -> sound.putFloat((float) channel[i]);
                    case FLOAT_64 -> sound.putDouble(channel[i]);
                }
            }
        }
        return bytes;
    }

    private static void chunk(ByteArrayOutputStream out, String id, long size, byte[] body) {
        out.writeBytes(ascii(id));
        out.writeBytes(buffer(4).putInt((int) size).array());
        out.writeBytes(body);
        if (body.length % 2 == 1) {
            out.write(0);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A sine. */
    static double[] sine(double frequencyHz, double amplitude, int rate, int samples) {
        double[] sound = new double[samples];
        for (int n = 0; n < samples; n++) {
            sound[n] = amplitude * Math.sin(2 * Math.PI * frequencyHz * n / rate);
        }
        return sound;
    }
}
