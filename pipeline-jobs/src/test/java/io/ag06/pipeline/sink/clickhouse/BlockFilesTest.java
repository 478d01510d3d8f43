package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    @TempDir
    Path directory;

    private BlockFiles files;

    @BeforeEach
    void openDirectory() {
        files = new BlockFiles(directory.resolve("blocks").toUri().toString(), THIRTY_DAYS, InstantSource.fixed(NOW));
    }

    @Test
    void aSpilledBlockIsInAFileOfItsName() throws IOException {
        Block block = Blocks.block("abc");

        Block spilled = files.spill(block);

        Path file = directory.resolve("blocks").resolve(block.token() + ".block");
        assertThat(file).hasContent("abc");
        assertThat(spilled).usingRecursiveComparison().ignoringFields("body").isEqualTo(block);
        BlockBody.Spilled body = (BlockBody.Spilled) spilled.body();
        assertThat(body.length()).isEqualTo(3);
        assertThat(body.sha256()) // printf abc | sha256sum
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aSpilledBlockIsReadBackWhole() throws IOException {
        BlockBody.InMemory body = BlockFiles.read(files.spill(Blocks.block("abc")));

        assertThat(new String(Arrays.copyOf(body.bytes(), body.length()), StandardCharsets.US_ASCII))
                .isEqualTo("abc");
    }

    @Test
    void aBlockIsSpilledOnce() throws IOException {
        Block spilled = files.spill(Blocks.block());

        assertThat(files.spill(spilled)).isSameAs(spilled);
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        assertRefusedAfter("ab", files.spill(Blocks.block("abc")));
    }

    @Test
    void aFileThatGrewIsRefused() throws IOException {
        assertRefusedAfter("abcd", files.spill(Blocks.block("abc")));
    }

    @Test
    void aFileWithOneByteChangedIsRefused() throws IOException {
        assertRefusedAfter("abd", files.spill(Blocks.block("abc")));
    }

    private static void assertRefusedAfter(String content, Block block) throws IOException {
        Path file = fileOf(block);
        Files.writeString(file, content);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BlockFiles.read(block))
                .withMessageContaining(file.getFileName().toString())
                .withMessageContaining("is damaged: %d bytes, expected 3", content.length())
                .withMessageContaining("Restore the file, or an earlier savepoint");
    }

    @Test
    void aFileGoesWithItsBlock() throws IOException {
        Block block = files.spill(Blocks.block());

        BlockFiles.delete(block);

        assertThat(fileOf(block)).doesNotExist();
        assertThatNoException().as("deleted already").isThrownBy(() -> BlockFiles.delete(block));
    }

    @Test
    void onlyBlocksThatAreOlderThanAnyCheckpointAreSwept() throws IOException {
        Path old = aged(fileOf(files.spill(Blocks.block())), THIRTY_DAYS.plusSeconds(1));
        Path young = aged(fileOf(files.spill(Blocks.block())), THIRTY_DAYS.minusSeconds(1));
        Path foreign = aged(Files.writeString(directory.resolve("blocks/notes.txt"), "mine"), Duration.ofDays(900));

        files.sweep(Set.of());

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void anOldFileStaysThatTheSavepointNames() throws IOException {
        Block named = Blocks.block();
        Path old = aged(fileOf(files.spill(named)), THIRTY_DAYS.plusSeconds(1));

        files.sweep(Set.of(named.name()));

        assertThat(old).exists();
    }

    @Test
    void aDirectoryThatIsNotThereNeedsNoSweep() {
        assertThatNoException().isThrownBy(() -> files.sweep(Set.of()));
    }

    private static Path fileOf(Block block) {
        return Path.of(URI.create(((BlockBody.Spilled) block.body()).path()).getPath());
    }

    private static Path aged(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }
}
