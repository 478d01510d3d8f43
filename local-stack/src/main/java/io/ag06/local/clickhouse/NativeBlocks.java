package io.ag06.local.clickhouse;

import com.clickhouse.data.ClickHouseCityHash;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * ClickHouse's own compression of HTTP bodies ({@code compress=1} for answers, {@code decompress=1} for requests): a
 * sequence of blocks, each
 *
 * <pre>
 *   16 bytes  CityHash128 (version 1.0.2) of what follows, low half first
 *    1 byte   method: 0x82 LZ4, 0x90 ZSTD, 0x02 none
 *    4 bytes  compressed size, these 9 bytes included
 *    4 bytes  size of the data
 *    …        the data, compressed
 * </pre>
 *
 * Numbers are little-endian.
 */
final class NativeBlocks {
    private static final int HASH_BYTES = 16;
    private static final int HEADER_BYTES = 9;
    private static final byte LZ4 = (byte) 0x82;
    private static final byte ZSTD = (byte) 0x90;
    private static final byte NONE = (byte) 0x02;
    /** Clients send blocks of 1 MiB; a claim far above is an attack or an accident. */
    private static final int MOST_BYTES = 64 << 20;

    private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();

    private NativeBlocks() {}

    /** Decodes blocks; a block that is cut short, or whose hash is wrong, is an error. */
    static InputStream decoding(InputStream in) {
        return new Decoder(in);
    }

    /** Encodes into LZ4 blocks. Closing writes the last block and leaves the stream below open. */
    static OutputStream encoding(OutputStream out) {
        return new Encoder(out);
    }

    /** The driver calls its class old but uses it itself; nobody else publishes this version of the hash. */
    @SuppressWarnings("deprecation")
    private static long[] hash(byte[] bytes, int offset, int length) {
        return ClickHouseCityHash.cityHash128(bytes, offset, length);
    }

    private static final class Decoder extends InputStream {
        private final InputStream in;
        private byte[] data = new byte[0];
        private int at;

        Decoder(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == data.length) {
                if (!nextBlock()) {
                    return -1;
                }
            }
            int step = Math.min(length, data.length - at);
            System.arraycopy(data, at, target, offset, step);
            at += step;
            return step;
        }

        private boolean nextBlock() throws IOException {
            byte[] start = in.readNBytes(HASH_BYTES + HEADER_BYTES);
            if (start.length == 0) {
                return false;
            }
            if (start.length < HASH_BYTES + HEADER_BYTES) {
                throw cut();
            }
            var header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            long low = header.getLong();
            long high = header.getLong();
            byte method = header.get();
            int compressed = header.getInt();
            int size = header.getInt();
            if (compressed < HEADER_BYTES || compressed > MOST_BYTES || size < 0 || size > MOST_BYTES) {
                throw new BodyException(
                        EngineException.CANNOT_DECOMPRESS,
                        "The body is not in ClickHouse's compressed blocks (decompress=1): a block claims "
                                + Integer.toUnsignedString(compressed) + " bytes. (CANNOT_DECOMPRESS)");
            }
            byte[] block = new byte[compressed];
            System.arraycopy(start, HASH_BYTES, block, 0, HEADER_BYTES);
            if (in.readNBytes(block, HEADER_BYTES, compressed - HEADER_BYTES) < compressed - HEADER_BYTES) {
                throw cut();
            }
            long[] hash = hash(block, 0, compressed);
            if (hash[0] != low || hash[1] != high) {
                throw new BodyException(
                        EngineException.CHECKSUM_DOESNT_MATCH,
                        "A compressed block's checksum doesn't match: the data was corrupted on its way."
                                + " (CHECKSUM_DOESNT_MATCH)");
            }
            data = decompress(method, block, size);
            at = 0;
            return true;
        }

        private static BodyException cut() {
            return new BodyException(
                    EngineException.CANNOT_READ_ALL_DATA,
                    "The compressed body ends inside a block. (CANNOT_READ_ALL_DATA)");
        }

        private static byte[] decompress(byte method, byte[] block, int size) throws BodyException {
            byte[] data = new byte[size];
            int packed = block.length - HEADER_BYTES;
            long unpacked;
            try {
                unpacked = switch (method) {
                    case LZ4 -> FACTORY.safeDecompressor().decompress(block, HEADER_BYTES, packed, data, 0, size);
                    case ZSTD -> Zstd.decompressByteArray(data, 0, size, block, HEADER_BYTES, packed);
                    case NONE -> copy(block, packed, data);
                    default ->
                        throw new BodyException(
                                EngineException.UNKNOWN_COMPRESSION_METHOD,
                                "Unknown compression method 0x%02x; known are LZ4, ZSTD and none. (UNKNOWN_COMPRESSION_METHOD)"
                                        .formatted(method));
                };
            } catch (LZ4Exception e) {
                throw new BodyException(
                        EngineException.CANNOT_DECOMPRESS, "A block can't be decompressed. (CANNOT_DECOMPRESS)", e);
            }
            if (unpacked != size) {
                throw new BodyException(
                        EngineException.CANNOT_DECOMPRESS,
                        "A block has not the size that it claims. (CANNOT_DECOMPRESS)");
            }
            return data;
        }

        private static int copy(byte[] block, int packed, byte[] data) {
            if (packed == data.length) {
                System.arraycopy(block, HEADER_BYTES, data, 0, packed);
            }
            return packed;
        }
    }

    private static final class Encoder extends OutputStream {
        private static final int BLOCK_BYTES = 1 << 20;

        private final OutputStream out;
        private final LZ4Compressor compressor = FACTORY.fastCompressor();
        private final byte[] data = new byte[BLOCK_BYTES];
        private final byte[] packed = new byte[HASH_BYTES + HEADER_BYTES + compressor.maxCompressedLength(BLOCK_BYTES)];
        private int filled;

        Encoder(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int step = Math.min(left, BLOCK_BYTES - filled);
                System.arraycopy(bytes, from, data, filled, step);
                filled += step;
                from += step;
                left -= step;
                if (filled == BLOCK_BYTES) {
                    writeBlock();
                }
            }
        }

        private void writeBlock() throws IOException {
            int body = HASH_BYTES + HEADER_BYTES;
            int size = compressor.compress(data, 0, filled, packed, body, packed.length - body);
            var header = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
            header.put(HASH_BYTES, LZ4)
                    .putInt(HASH_BYTES + 1, HEADER_BYTES + size)
                    .putInt(HASH_BYTES + 5, filled);
            long[] hash = hash(packed, HASH_BYTES, HEADER_BYTES + size);
            header.putLong(0, hash[0]).putLong(Long.BYTES, hash[1]);
            out.write(packed, 0, body + size);
            filled = 0;
        }

        @Override
        public void flush() throws IOException {
            if (filled > 0) {
                writeBlock();
            }
            out.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
