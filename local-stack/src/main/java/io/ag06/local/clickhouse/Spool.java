package io.ag06.local.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Bytes that are collected to their end before anyone uses them: a request's body, a result that the client wants
 * whole. They stay on the heap while the budget lasts, then go to a file that no name leads to.
 */
final class Spool extends OutputStream {
    private static final int PIECE_BYTES = 256 * 1024;

    private final MemoryBudget budget;
    private final Path directory;
    private final long limit;
    private final int tooLargeCode;
    private final List<byte[]> pieces = new ArrayList<>();
    private FileChannel file;
    private OutputStream fileOut;
    private long size;

    /**
     * @param directory for the file
     * @param limit most bytes it takes
     * @param tooLargeCode ClickHouse's code of the error when more come
     */
    Spool(MemoryBudget budget, Path directory, long limit, int tooLargeCode) {
        this.budget = budget;
        this.directory = directory;
        this.limit = limit;
        this.tooLargeCode = tooLargeCode;
    }

    long size() {
        return size;
    }

    boolean isInFile() {
        return file != null;
    }

    /** Takes everything that the stream has to give. */
    void fill(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            write(buffer, 0, read);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > limit) {
            throw new BodyException(tooLargeCode, "More than " + limit + " bytes, which is the endpoint's limit");
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            int inPiece = (int) (size % PIECE_BYTES);
            if (file == null && inPiece == 0) {
                if (budget.tryTake(PIECE_BYTES)) {
                    pieces.add(new byte[PIECE_BYTES]);
                } else {
                    moveToFile();
                }
            }
            int step = left;
            if (file == null) {
                step = Math.min(left, PIECE_BYTES - inPiece);
                System.arraycopy(bytes, from, pieces.get(pieces.size() - 1), inPiece, step);
            } else {
                fileOut.write(bytes, from, step);
            }
            size += step;
            from += step;
            left -= step;
        }
    }

    private void moveToFile() throws IOException {
        Path path = Files.createTempFile(directory, "body", ".tmp");
        file = FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.DELETE_ON_CLOSE);
        fileOut = Channels.newOutputStream(file);
        for (byte[] piece : pieces) {
            fileOut.write(piece);
        }
        forgetPieces();
    }

    /** The first bytes, at most {@code count}. */
    byte[] prefix(int count) throws IOException {
        try (var in = read(0)) {
            return in.readNBytes(count);
        }
    }

    /** The bytes from an offset to the end. One reader at a time. */
    InputStream read(long offset) throws IOException {
        if (file != null) {
            file.position(offset);
            // Closing the reader must not close the file.
            return new java.io.FilterInputStream(Channels.newInputStream(file)) {
                @Override
                public void close() {}
            };
        }
        var parts = new ArrayList<InputStream>();
        for (int i = (int) (offset / PIECE_BYTES); i < pieces.size(); i++) {
            long pieceStart = (long) i * PIECE_BYTES;
            int from = (int) Math.max(0, offset - pieceStart);
            int to = (int) Math.min(PIECE_BYTES, size - pieceStart);
            parts.add(new ByteArrayInputStream(pieces.get(i), from, to - from));
        }
        return new java.io.SequenceInputStream(Collections.enumeration(parts));
    }

    private void forgetPieces() {
        budget.giveBack((long) pieces.size() * PIECE_BYTES);
        pieces.clear();
    }

    /** Forgets the bytes. */
    @Override
    public void close() throws IOException {
        forgetPieces();
        if (file != null) {
            file.close();
        }
    }
}
