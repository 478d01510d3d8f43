package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The {@code fmt} chunk of a WAV file: how its samples are laid out.
 *
 * @param sampleRateHz 8000..192000
 * @param channelCount 1 or 2
 * @param bytesPerSample of one channel, padding included: 2..4 for integers, 4 or 8 for floating point
 * @param samples their significant bits; integers lie in the highest bits of their bytes
 */
record WavFormat(int sampleRateHz, int channelCount, int bytesPerSample, SampleFormat samples) {
    static final int MIN_RATE_HZ = 8_000;
    static final int MAX_RATE_HZ = 192_000;

    private static final int SHORTEST_CHUNK = 16;
    private static final int EXTENSIBLE_CHUNK = 40;
    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    // The format identifiers of WAVE_FORMAT_EXTENSIBLE are the old 16-bit codes before this common tail.
    private static final long GUID_TAIL_LOW = 0x0010_0000_0000L;
    private static final long GUID_TAIL_HIGH = 0x719B_3800_AA00_0080L;

    /**
     * Reads the chunk.
     *
     * @param chunk its bytes, little endian
     * @param file for messages
     * @param position of the chunk in the file, for messages
     */
    static WavFormat parse(ByteBuffer chunk, Path file, long position) throws SoundFileException {
        var place = "in the chunk 'fmt ' at byte " + position;
        if (chunk.remaining() < SHORTEST_CHUNK) {
            throw new SoundFileException(
                    file, "%d bytes %s, expected at least %d".formatted(chunk.remaining(), place, SHORTEST_CHUNK));
        }
        int size = chunk.remaining();
        int code = Short.toUnsignedInt(chunk.getShort(0));
        int channels = Short.toUnsignedInt(chunk.getShort(2));
        long rate = Integer.toUnsignedLong(chunk.getInt(4));
        int blockBytes = Short.toUnsignedInt(chunk.getShort(12));
        int bits = Short.toUnsignedInt(chunk.getShort(14));
        int validBits = bits;
        if (code == EXTENSIBLE) {
            if (size < EXTENSIBLE_CHUNK) {
                throw new SoundFileException(
                        file, "%d bytes of extensible format %s, expected %d".formatted(size, place, EXTENSIBLE_CHUNK));
            }
            int declared = Short.toUnsignedInt(chunk.getShort(18));
            // Zero is what writers leave that have nothing to say about it.
            validBits = declared == 0 ? bits : declared;
            boolean known = chunk.getLong(24) >>> 16 == GUID_TAIL_LOW && chunk.getLong(32) == GUID_TAIL_HIGH;
            code = known ? Short.toUnsignedInt(chunk.getShort(24)) : EXTENSIBLE;
        }
        if (channels < 1 || channels > 2) {
            throw new SoundFileException(file, "%d channels %s, expected mono or stereo".formatted(channels, place));
        }
        if (rate < MIN_RATE_HZ || rate > MAX_RATE_HZ) {
            throw new SoundFileException(
                    file, "%d Hz %s, expected %d to %d".formatted(rate, place, MIN_RATE_HZ, MAX_RATE_HZ));
        }
        int sampleBytes = (bits + 7) / 8;
        boolean integers = code == PCM && sampleBytes >= 2 && sampleBytes <= 4 && validBits <= bits && validBits > 8;
        boolean floats = code == IEEE_FLOAT && (bits == 32 || bits == 64);
        if (!integers && !floats) {
            throw new SoundFileException(
                    file,
                    "samples of %d bits (%d of them valid) with format code 0x%04X %s, expected PCM (0x0001) of 16, 24 or 32 bits or floating point (0x0003) of 32 or 64"
                            .formatted(bits, validBits, code, place));
        }
        if (blockBytes != channels * sampleBytes) {
            throw new SoundFileException(
                    file,
                    "%d bytes per sample of all channels %s, expected %d"
                            .formatted(blockBytes, place, channels * sampleBytes));
        }
        return new WavFormat(
                (int) rate,
                channels,
                sampleBytes,
                floats ? SampleFormat.floatingPoint(bits) : SampleFormat.integer(validBits));
    }

    /** Bytes of one sample of all channels. */
    int blockBytes() {
        return channelCount * bytesPerSample;
    }

    /**
     * The sample of one channel, scaled to -1..1.
     *
     * @param sound little endian
     * @param position of its first byte
     */
    double sample(ByteBuffer sound, int position) {
        if (samples.floatingPoint()) {
            return bytesPerSample == Float.BYTES ? sound.getFloat(position) : sound.getDouble(position);
        }
        return switch (bytesPerSample) {
            case 2 -> Math.scalb((double) sound.getShort(position), -15);
            case 3 -> Math.scalb((double) ((sound.getShort(position) & 0xFFFF) | (sound.get(position + 2) << 16)), -23);
            default -> Math.scalb((double) sound.getInt(position), -31);
        };
    }

    /** An empty buffer for so many blocks. */
    ByteBuffer buffer(int blocks) {
        return ByteBuffer.allocate(blocks * blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Such as "48000 Hz, 2 channels". */
    String describe() {
        return sampleRateHz + " Hz, " + channelCount + (channelCount == 1 ? " channel" : " channels");
    }
}
