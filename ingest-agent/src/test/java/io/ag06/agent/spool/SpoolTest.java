package io.ag06.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    /** Small files, so that a few records fill several. */
    private static final SpoolSettings SMALL = new SpoolSettings(1_000_000, 200);

    @TempDir
    private Path folder;

    @Test
    void givesRecordsBackInTheOrderTheyCame() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            var reader = spool.reader();
            put(spool, 0, 25);
            assertThat(reader.next(10)).isEqualTo(records(0, 10));
            assertThat(reader.next(100)).isEqualTo(records(10, 25));
            assertThat(reader.next(100)).isEmpty();
            put(spool, 25, 26);
            assertThat(reader.next(100)).isEqualTo(records(25, 26));
        }
    }

    @Test
    void keepsWhatIsNotAcknowledgedForTheNextStart() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 25);
            var reader = spool.reader();
            reader.next(7);
            reader.acknowledge();
            reader.next(3);
        }
        try (var spool = Spool.open(folder, SMALL)) {
            var reader = spool.reader();
            assertThat(reader.position()).isEqualTo(7);
            assertThat(spool.level().records()).isEqualTo(18);
            assertThat(reader.next(100)).isEqualTo(records(7, 25));
        }
    }

    @Test
    void readsAgainWhatWasNotAcknowledged() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 25);
            var reader = spool.reader();
            reader.next(5);
            reader.acknowledge();
            reader.next(15);
            reader.rewind();
            assertThat(reader.next(100)).isEqualTo(records(5, 25));
        }
    }

    @Test
    void deletesFilesThatAreDoneWith() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 40);
            assertThat(files()).hasSizeGreaterThan(5);
            var reader = spool.reader();
            reader.next(100);
            reader.acknowledge();
            assertThat(files()).hasSize(1);
            assertThat(spool.level().records()).isZero();
            assertThat(spool.level().bytes()).isZero();
        }
    }

    @Test
    void cutsARecordThatWasNotWrittenToItsEnd() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 3);
        }
        var newest = files().get(0);
        try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 7, 8);
            var expected = new ArrayList<>(records(0, 2));
            expected.addAll(records(7, 8));
            assertThat(spool.reader().next(100)).isEqualTo(expected);
            assertThat(spool.end()).isEqualTo(3);
        }
    }

    @Test
    void keepsADamagedStretchAsideAndGoesOnBehindIt() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 25);
        }
        var oldest = files().get(0);
        int inOldest = Integer.parseInt(
                files().get(1).getFileName().toString().replace(".spool", "").replaceFirst("^0+", ""));
        try (var file = new RandomAccessFile(oldest.toFile(), "rw")) {
            file.seek(file.length() - 1);
            file.write('?');
        }
        try (var spool = Spool.open(folder, SMALL)) {
            var expected = new ArrayList<>(records(0, inOldest - 1));
            expected.addAll(records(inOldest, 25));
            assertThat(spool.level().records()).isEqualTo(24);
            var reader = spool.reader();
            assertThat(reader.next(100)).isEqualTo(expected);
            assertThat(reader.position()).isEqualTo(25);
            reader.acknowledge();
            assertThat(spool.level().records()).isZero();
        }
        assertThat(folder.resolve(oldest.getFileName() + ".damaged")).exists();
    }

    @Test
    void goesOnFromThePositionThatKafkaKnows() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 25);
            var reader = spool.reader();
            reader.resumeAt(12);
            assertThat(spool.level().records()).isEqualTo(13);
            assertThat(reader.next(100)).isEqualTo(records(12, 25));
            reader.resumeAt(3);
            assertThat(reader.next(1)).isEqualTo(records(12, 13));
        }
    }

    @Test
    void neverGivesAPublishedPositionToANewRecord() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            put(spool, 0, 5);
            var reader = spool.reader();
            reader.resumeAt(1_000);
            assertThat(reader.next(100)).isEmpty();
            put(spool, 5, 7);
            assertThat(reader.next(100)).isEqualTo(records(5, 7));
            assertThat(reader.position()).isEqualTo(1_002);
        }
        try (var spool = Spool.open(folder, SMALL)) {
            assertThat(spool.end()).isEqualTo(1_002);
            assertThat(spool.reader().next(100)).isEqualTo(records(5, 7));
        }
    }

    @Test
    void refusesALiveRecordWhenItIsFullAndTakesTheNextOnceThereIsRoom() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            var large = new SpooledRecord("ag06.audio-frames", "studio-1", new byte[600_000]);
            assertThat(spool.offer(large)).isTrue();
            assertThat(spool.offer(large)).isFalse();
            assertThat(spool.level().refused()).isEqualTo(1);

            var reader = spool.reader();
            reader.next(1);
            reader.acknowledge();
            assertThat(spool.offer(large)).isTrue();
            assertThat(spool.level().refused()).isEqualTo(1);
        }
    }

    @Test
    void letsAFileWaitForRoom() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            var large = new SpooledRecord("ag06.audio-frames", "studio-1", new byte[600_000]);
            spool.put(large);
            var waiting = CompletableFuture.runAsync(() -> putOrFail(spool, large));
            await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());

            var reader = spool.reader();
            reader.next(1);
            reader.acknowledge();
            await().atMost(Duration.ofSeconds(5)).until(waiting::isDone);
            assertThat(reader.next(1)).containsExactly(large);
        }
    }

    @Test
    void wakesTheReaderWhenARecordComes() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            var reader = spool.reader();
            assertThat(reader.await(Duration.ofMillis(1))).isFalse();
            var waiting = CompletableFuture.supplyAsync(() -> awaitOrFail(reader));
            put(spool, 0, 1);
            assertThat(waiting.get()).isTrue();
        }
    }

    @Test
    void belongsToOneAgentAtATime() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            assertThat(spool.id()).hasSize(8);
            assertThatThrownBy(() -> Spool.open(folder, SMALL))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by another agent");
        }
    }

    @Test
    void keepsItsName() throws Exception {
        String id;
        try (var spool = Spool.open(folder, SMALL)) {
            id = spool.id();
        }
        try (var spool = Spool.open(folder, SMALL)) {
            assertThat(spool.id()).isEqualTo(id);
        }
    }

    @Test
    void survivesAnInterruptedWriter() throws Exception {
        try (var spool = Spool.open(folder, SMALL)) {
            Thread.currentThread().interrupt();
            assertThat(spool.offer(record(0))).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            put(spool, 1, 3);
            assertThat(spool.reader().next(100)).isEqualTo(records(0, 3));
        }
    }

    @Test
    void refusesARecordThatKafkaNeverTakes() {
        assertThatThrownBy(() -> new SpooledRecord("ag06.dead-letters", "key", new byte[SpooledRecord.MAX_BYTES]))
                .hasMessageContaining("ag06.dead-letters has 1000020 bytes; at most 1000000 can be published");
    }

    @Test
    void refusesALimitThatTheLargestRecordWouldNotMeet() {
        assertThatThrownBy(() -> new SpoolSettings(999_999, 1))
                .hasMessageContaining("at least 1000000 bytes, so that any record fits, was 999999");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    static void put(Spool spool, int from, int to) throws InterruptedException {
        for (var record : records(from, to)) {
            spool.put(record);
        }
    }

    static List<SpooledRecord> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(SpoolTest::record).toList();
    }

    /** Records of many lengths, the empty value among them. */
    static SpooledRecord record(int number) {
        return new SpooledRecord(
                "ag06.audio-frames",
                "device-" + number,
                "x".repeat(number * 7 % 40).getBytes(StandardCharsets.UTF_8));
    }

    private static void putOrFail(Spool spool, SpooledRecord record) {
        try {
            spool.put(record);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean awaitOrFail(SpoolReader reader) {
        try {
            return reader.await(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
