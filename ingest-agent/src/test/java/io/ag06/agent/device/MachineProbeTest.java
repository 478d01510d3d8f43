package io.ag06.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineProbeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void everyReadingIsWithinItsRange() throws IOException {
        var probe = new MachineProbe(folder, InstantSource.fixed(NOW));

        for (int i = 0; i < 3; i++) {
            MachineReading reading = probe.read();

            assertThat(reading.time()).isEqualTo(NOW);
            assertThat(reading.cpuUtilisation()).isBetween(0.0, 1.0);
            assertThat(reading.memoryUsedBytes()).isBetween(1L, reading.memoryTotalBytes());
            assertThat(reading.diskUsedBytes()).isBetween(0L, reading.diskTotalBytes());
            assertThat(reading.diskTotalBytes()).isPositive();
            assertThat(reading.networkRxBytes()).isNotNegative();
            assertThat(reading.networkTxBytes()).isNotNegative();
            assertThat(reading.agentHeapUsedBytes())
                    .isBetween(1L, Runtime.getRuntime().maxMemory());
        }
    }

    @Test
    void aBusyProcessorIsSeen() {
        var probe = new MachineProbe(folder, InstantSource.system());
        var spinning = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        spinning.start();
        try {
            double oneOfAllProcessors = 1.0 / Runtime.getRuntime().availableProcessors();
            await().pollInterval(Duration.ofMillis(300))
                    .untilAsserted(
                            () -> assertThat(probe.read().cpuUtilisation()).isGreaterThan(oneOfAllProcessors / 2));
        } finally {
            spinning.interrupt();
        }
    }

    @Test
    void theDiskIsTheOneThatHoldsTheFolder() throws IOException {
        var probe = new MachineProbe(folder, InstantSource.system());

        assertThat(probe.read().diskTotalBytes())
                .isEqualTo(Files.getFileStore(folder).getTotalSpace());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theNetworkIsEveryInterfaceButLoopback() throws IOException {
        var probe = new MachineProbe(folder, InstantSource.system());

        assertBetween(
                MachineProbeTest::receivedByOthersThanLoopback,
                () -> read(probe).networkRxBytes());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theMemoryIsTheMachines() throws IOException {
        long totalKib = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();

        assertThat(new MachineProbe(folder, InstantSource.system()).read().memoryTotalBytes())
                .isEqualTo(totalKib * 1_024);
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        var probe = new MachineProbe(folder.resolve("missing"), InstantSource.system());

        assertThatThrownBy(probe::read).isInstanceOf(NoSuchFileException.class).hasMessageContaining("missing");
    }

    private static void assertBetween(LongSupplier bound, LongSupplier value) {
        long atLeast = bound.getAsLong();
        long is = value.getAsLong();
        assertThat(is).isBetween(atLeast, bound.getAsLong());
    }

    private static MachineReading read(MachineProbe probe) {
        try {
            return probe.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long receivedByOthersThanLoopback() {
        try {
            return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                    .filter(line -> line.contains(":") && !line.strip().startsWith("lo:"))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)[0]))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
