package io.ag06.agent.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the sound lies in a WAV file: RIFF, or RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088) whose sizes have 64 bits.
 *
 * <p>Programs that write to a pipe, or were killed, leave a size in the {@code data} chunk that says nothing: 0, all
 * ones, or just under 2 GiB. The sound then reaches to the end of the file. Any other size that the file does not hold
 * means that it is truncated.
 *
 * @param format layout of the samples
 * @param dataPosition of the first sample, bytes
 * @param samplesPerChannel at least 1
 */
record WavHeader(WavFormat format, long dataPosition, long samplesPerChannel) {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int LONGEST_FORMAT = 1 << 16;
    private static final long ALL_ONES = 0xFFFF_FFFFL;
    // What sox and arecord leave: the largest size of 31 bits, rounded down to some block.
    private static final long STREAMED_FROM = 0x7FFF_F000L;
    private static final long STREAMED_TO = 0x7FFF_FFFFL;

    static WavHeader read(Path file, SeekableByteChannel channel) throws IOException {
        return new Parser(file, channel).parse();
    }

    private static final class Parser {
        private final Path file;
        private final SeekableByteChannel channel;
        private final long fileSize;
        private long longDataSize = ALL_ONES;

        Parser(Path file, SeekableByteChannel channel) throws IOException {
            this.file = file;
            this.channel = channel;
            this.fileSize = channel.size();
        }

        WavHeader parse() throws IOException {
            ByteBuffer riff = bytesAt(0, RIFF_HEADER, "the header 'RIFF' ... 'WAVE'");
            String id = id(riff, 0);
            boolean longSizes = id.equals("RF64") || id.equals("BW64");
            if (!longSizes && !id.equals("RIFF")) {
                throw new SoundFileException(
                        file, "no WAV file: found '%s' at byte 0, expected 'RIFF' or 'RF64'".formatted(id));
            }
            if (!id(riff, 8).equals("WAVE")) {
                throw new SoundFileException(
                        file, "no WAV file: found '%s' at byte 8, expected 'WAVE'".formatted(id(riff, 8)));
            }
            long riffSize = Integer.toUnsignedLong(riff.getInt(4));

            WavFormat format = null;
            long position = RIFF_HEADER;
            while (true) {
                ByteBuffer header = bytesAt(position, CHUNK_HEADER, "the chunk 'data'");
                String chunk = id(header, 0);
                long size = Integer.toUnsignedLong(header.getInt(4));
                if (chunk.equals("data")) {
                    if (format == null) {
                        throw new SoundFileException(
                                file, "the chunk 'data' at byte %d comes before 'fmt '".formatted(position));
                    }
                    return sound(format, position, longSizes && size == ALL_ONES ? longDataSize : size, riffSize);
                }
                long body = position + CHUNK_HEADER;
                if (chunk.equals("fmt ")) {
                    // Beyond the first 40 bytes nothing is of interest, and a wrong size is no reason to take memory.
                    format = WavFormat.parse(
                            bytesAt(body, (int) Math.min(size, LONGEST_FORMAT), "the chunk 'fmt '"), file, position);
                } else if (chunk.equals("ds64")) {
                    longDataSize = bytesAt(body, 24, "the chunk 'ds64'").getLong(8);
                }
                // Chunks begin at even bytes.
                position = body + size + (size & 1);
            }
        }

        private WavHeader sound(WavFormat format, long position, long size, long riffSize) throws SoundFileException {
            long dataPosition = position + CHUNK_HEADER;
            long there = fileSize - dataPosition;
            long bytes = saysNothing(size, riffSize) ? there : size;
            if (bytes < 0 || bytes > there) {
                throw new SoundFileException(
                        file,
                        "truncated: the chunk 'data' at byte %d has %d bytes of sound, expected %s"
                                .formatted(position, there, Long.toUnsignedString(bytes)));
            }
            long samples = bytes / format.blockBytes();
            if (samples == 0) {
                throw new SoundFileException(file, "the chunk 'data' at byte %d holds no sound".formatted(position));
            }
            return new WavHeader(format, dataPosition, samples);
        }

        private boolean saysNothing(long size, long riffSize) {
            if (size == 0) {
                // A size of 0 is meant if the outer size accounts for the whole file.
                return riffSize + CHUNK_HEADER != fileSize;
            }
            boolean placeholder = size >= STREAMED_FROM && size <= STREAMED_TO && size > fileSize;
            // -1: all ones in the 64 bits of 'ds64'.
            return placeholder || size == ALL_ONES || size == -1;
        }

        private ByteBuffer bytesAt(long position, int count, String expected) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            if (position + count > fileSize) {
                throw new SoundFileException(
                        file,
                        "truncated, or no WAV file: it ends after %d bytes, expected %s at byte %d"
                                .formatted(fileSize, expected, position));
            }
            channel.position(position);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A channel may give fewer bytes than asked for.
            }
            if (bytes.hasRemaining()) {
                throw new SoundFileException(file, "the file became shorter while its header was read");
            }
            return bytes.flip();
        }

        /** Four characters, made printable, since they may come from a file of any kind. */
        private static String id(ByteBuffer bytes, int at) {
            byte[] id = new byte[4];
            bytes.get(at, id);
            var text = new StringBuilder();
            for (char c : new String(id, StandardCharsets.ISO_8859_1).toCharArray()) {
                text.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format(Locale.ROOT, "\\x%02X", (int) c));
            }
            return text.toString();
        }
    }
}
