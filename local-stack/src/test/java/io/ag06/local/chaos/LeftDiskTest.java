package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only our own disks, of runs that are dead, are taken away, and only from temporary folders of ours. */
class LeftDiskTest {
    private static final long DEAD = 17;
    private static final long ALIVE = 18;

    @Test
    void disksOfDeadRunsAreFoundAmongTheMountsOfASystem() {
        List<String> mounts = List.of(
                "proc /proc proc rw,relatime 0 0",
                "tmpfs /tmp/ag06-chaos12/clickhouse tmpfs rw,size=1024k 0 0",
                "ag06-chaos-17 /tmp/ag06-chaos34/clickhouse tmpfs rw,relatime,size=1048576k 0 0",
                "ag06-chaos-17 /tmp/ag06-chaos34/flink/checkpoints tmpfs rw,relatime,size=262144k 0 0",
                "ag06-chaos-18 /tmp/ag06-chaos56/clickhouse tmpfs rw,relatime,size=1048576k 0 0",
                "ag06-chaos-17 /mnt/ag06-chaos34 ext4 rw,relatime 0 0",
                "ag06-chaos-x /tmp/ag06-chaos78/clickhouse tmpfs rw,relatime 0 0");

        assertThat(LeftDisk.in(mounts, process -> process == ALIVE))
                .containsExactly(
                        new LeftDisk(Path.of("/tmp/ag06-chaos34/clickhouse")),
                        new LeftDisk(Path.of("/tmp/ag06-chaos34/flink/checkpoints")));
        assertThat(LeftDisk.in(mounts, process -> process == DEAD)).hasSize(1);
    }

    @Test
    void oneInAFolderThatSomebodyChoseIsNotOursToTakeAway() {
        Path temporary = Path.of("/tmp");
        assertThat(new LeftDisk(Path.of("/tmp/ag06-chaos34/clickhouse")).isIn(temporary))
                .isTrue();
        assertThat(new LeftDisk(Path.of("/tmp/mine/clickhouse")).isIn(temporary))
                .isFalse();
        assertThat(new LeftDisk(Path.of("/tmp/ag06-chaos34")).isIn(temporary)).isFalse();
        assertThat(new LeftDisk(Path.of("/home/ag06-chaos34/clickhouse")).isIn(temporary))
                .isFalse();
        assertThat(new LeftDisk(Path.of("/tmp/ag06-chaos34\\040b/clickhouse")).isIn(temporary))
                .isFalse();
    }
}
