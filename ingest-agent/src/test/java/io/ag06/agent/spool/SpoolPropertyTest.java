package io.ag06.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is done to a spool in whatever order, it holds exactly the records that were taken in and not acknowledged.
 */
class SpoolPropertyTest {
    private static final SpoolSettings SMALL = new SpoolSettings(1_000_000, 300);

    private enum Step {
        PUT,
        READ,
        ACKNOWLEDGE,
        REWIND,
        RESTART,
        KILL_IN_MID_WRITE,
        ACKNOWLEDGEMENT_LOST
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequency(
                        Tuple.of(12, Step.PUT),
                        Tuple.of(6, Step.READ),
                        Tuple.of(4, Step.ACKNOWLEDGE),
                        Tuple.of(1, Step.REWIND),
                        Tuple.of(1, Step.RESTART),
                        Tuple.of(1, Step.KILL_IN_MID_WRITE),
                        Tuple.of(1, Step.ACKNOWLEDGEMENT_LOST))
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }

    @Property(tries = 200)
    void holdsExactlyWhatIsNotAcknowledged(@ForAll("steps") List<Step> steps) throws Exception {
        var folder = Files.createTempDirectory("spool");
        try {
            play(folder, steps);
        } finally {
            delete(folder);
        }
    }

    private static void play(Path folder, List<Step> steps) throws Exception {
        var expected = new ArrayList<SpooledRecord>();
        int acknowledged = 0;
        int read = 0;
        var spool = Spool.open(folder, SMALL);
        var reader = spool.reader();
        for (var step : steps) {
            switch (step) {
                case PUT -> {
                    var record = SpoolTest.record(expected.size());
                    spool.put(record);
                    expected.add(record);
                }
                case READ -> {
                    var next = reader.next(5);
                    assertThat(next).isEqualTo(expected.subList(read, read + next.size()));
                    assertThat(next.size()).isEqualTo(Math.min(5, expected.size() - read));
                    read += next.size();
                }
                case ACKNOWLEDGE -> {
                    reader.acknowledge();
                    acknowledged = read;
                }
                case REWIND -> {
                    reader.rewind();
                    read = acknowledged;
                }
                default -> {
                    spool.close();
                    reader.close();
                    if (step == Step.KILL_IN_MID_WRITE) {
                        tear(folder);
                    }
                    if (step == Step.ACKNOWLEDGEMENT_LOST) {
                        Files.delete(folder.resolve("acknowledged"));
                    }
                    spool = Spool.open(folder, SMALL);
                    reader = spool.reader();
                    // What Kafka committed counts, whatever the folder remembers.
                    reader.resumeAt(acknowledged);
                    read = acknowledged;
                }
            }
            assertThat(spool.end()).isEqualTo(expected.size());
            assertThat(spool.level().records()).isEqualTo(expected.size() - acknowledged);
            assertThat(reader.position()).isEqualTo(read);
        }
        reader.rewind();
        assertThat(reader.next(1_000)).isEqualTo(expected.subList(acknowledged, expected.size()));
        spool.close();
        reader.close();
    }

    /** Leaves the first bytes of one more record behind, as a kill in the middle of a write does. */
    private static void tear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var newest = files.filter(file -> file.toString().endsWith(".spool"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            var frame = Frame.encode(SpoolTest.record(3));
            try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
                file.seek(file.length());
                file.write(frame, 0, frame.length - 1);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
