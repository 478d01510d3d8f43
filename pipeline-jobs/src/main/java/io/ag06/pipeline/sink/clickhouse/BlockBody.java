package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The rows of a block in RowBinary: in memory (and in the checkpoint), or in a file beside the checkpoints. */
public sealed interface BlockBody {
    /** Bytes of RowBinary. */
    int length();

    /**
     * Rows held in memory.
     *
     * @param bytes RowBinary, from index 0
     * @param length how many of the bytes count
     */
    @SuppressWarnings("ArrayRecordComponent") // Up to 32 MiB that are read once: never compared, never copied.
    record InMemory(byte[] bytes, int length) implements BlockBody {
        public InMemory {
            requireNonNull(bytes, "bytes");
        }

        InputStream open() {
            return new ByteArrayInputStream(bytes, 0, length);
        }
    }

    /**
     * Rows in a file.
     *
     * @param path where, as a Flink file-system path
     * @param length bytes in the file
     * @param sha256 hash of the bytes, in hexadecimal
     */
    record Spilled(String path, int length, String sha256) implements BlockBody {
        public Spilled {
            requireNonNull(path, "path");
            requireNonNull(sha256, "sha256");
        }
    }
}
