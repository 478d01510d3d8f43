package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that blocks go to when memory between two checkpoints runs out. They lie beside the checkpoints, where
 * every task manager can read them. A file goes when its block is stored; one whose checkpoint never completed is
 * nobody's, and is swept when it is older than any checkpoint but a savepoint is kept.
 */
final class BlockFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFiles.class);
    private static final String SUFFIX = ".block";
    private static final Duration SWEEP_AFTER = Duration.ofDays(30);

    private final Path directory;
    private final Duration sweepAfter;
    private final InstantSource clock;

    /**
     * @param directory where the files lie, as a Flink path
     * @param sweepAfter age at which a file is nobody's
     */
    BlockFiles(String directory, Duration sweepAfter, InstantSource clock) {
        this.directory = new Path(directory);
        this.sweepAfter = sweepAfter;
        this.clock = clock;
    }

    /** The files of a sink. */
    static BlockFiles of(ClickHouseSettings settings) {
        return new BlockFiles(settings.blockDirectory(), SWEEP_AFTER, InstantSource.system());
    }

    /** Moves a block's rows from memory to a file. */
    Block spill(Block block) throws IOException {
        if (!(block.body() instanceof BlockBody.InMemory memory)) {
            return block;
        }
        FileSystem files = directory.getFileSystem();
        files.mkdirs(directory);
        Path path = new Path(directory, block.token() + SUFFIX);
        try (FSDataOutputStream out = files.create(path, WriteMode.NO_OVERWRITE)) {
            out.write(memory.bytes(), 0, memory.length());
            out.sync();
        } catch (IOException e) {
            deleteHalfOf(path, e);
            throw e;
        }
        String hash = hash(memory.bytes(), memory.length());
        return new Block(
                block.name(),
                block.layout(),
                block.partitionDay(),
                block.rows(),
                block.origins(),
                new BlockBody.Spilled(path.toString(), memory.length(), hash));
    }

    /** Where the disk is full, what was written of a file would keep it so. */
    private static void deleteHalfOf(Path path, IOException failure) {
        try {
            path.getFileSystem().delete(path, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** A block's rows, whole and verified. */
    static BlockBody.InMemory read(Block block) throws IOException {
        if (block.body() instanceof BlockBody.InMemory memory) {
            return memory;
        }
        BlockBody.Spilled spilled = (BlockBody.Spilled) block.body();
        Path path = new Path(spilled.path());
        byte[] bytes;
        try (InputStream in = path.getFileSystem().open(path)) {
            bytes = in.readNBytes(spilled.length() + 1);
        }
        if (bytes.length != spilled.length() || !hash(bytes, bytes.length).equals(spilled.sha256())) {
            throw new IOException(
                    "%s is damaged: %d bytes, expected %d with hash %s. Restore the file, or an earlier savepoint."
                            .formatted(spilled.path(), bytes.length, spilled.length(), spilled.sha256()));
        }
        return new BlockBody.InMemory(bytes, bytes.length);
    }

    /** The block is stored, or in no checkpoint; its file, if it has one, is no longer needed. */
    static void delete(Block block) {
        if (block.body() instanceof BlockBody.Spilled spilled) {
            Path path = new Path(spilled.path());
            try {
                path.getFileSystem().delete(path, false);
            } catch (IOException e) {
                LOG.warn("{} is no longer needed but can't be deleted; the next start sweeps it", path, e);
            }
        }
    }

    /**
     * Deletes files that are so old that only a savepoint can name them.
     *
     * @param needed names of blocks whose files stay all the same: those of the savepoint that the job starts from
     */
    void sweep(Set<Long> needed) {
        try {
            FileSystem files = directory.getFileSystem();
            if (!files.exists(directory)) {
                return;
            }
            Set<String> staying = needed.stream()
                    .map(name -> Long.toUnsignedString(name) + SUFFIX)
                    .collect(Collectors.toSet());
            long oldest = clock.instant().minus(sweepAfter).toEpochMilli();
            FileStatus[] found = files.listStatus(directory);
            for (FileStatus file : found == null ? new FileStatus[0] : found) {
                String name = file.getPath().getName();
                if (name.endsWith(SUFFIX) && file.getModificationTime() < oldest && !staying.contains(name)) {
                    files.delete(file.getPath(), false);
                    LOG.info("Swept {}: it is older than any checkpoint is kept", file.getPath());
                }
            }
        } catch (IOException e) {
            LOG.warn("{} can't be swept now; the next start tries again", directory, e);
        }
    }

    private static String hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
