package io.ag06.bench.drain;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stretch of work took of the machine.
 *
 * @param cpuSeconds processor time of this process, in which the contender runs
 * @param jitSeconds time that the compiler took of that, which a process that runs for days does not notice
 * @param brokerCpuSeconds of Kafka's process
 * @param clickHouseCpuSeconds of ClickHouse's process
 * @param allocatedBytes bytes allocated in this process by the threads that are alive at the end
 * @param peakRssBytes the most memory that this process held at once, what it kept from before included
 */
record Usage(
        double cpuSeconds,
        double jitSeconds,
        double brokerCpuSeconds,
        double clickHouseCpuSeconds,
        long allocatedBytes,
        long peakRssBytes) {

    /** Takes the readings that usage is the difference of. */
    static final class Meter {
        private static final Path STATUS = Path.of("/proc/self/status");
        private static final Path CLEAR = Path.of("/proc/self/clear_refs");
        /** Makes the kernel forget the peak. */
        private static final String FORGET_PEAK = "5";

        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

        private final ProcessHandle broker;
        private final ProcessHandle clickHouse;
        private final Map<Long, Long> allocatedBefore;
        private final long cpuBefore;
        private final long jitMillisBefore;
        private final Duration brokerBefore;
        private final Duration clickHouseBefore;

        private Meter(ProcessHandle broker, ProcessHandle clickHouse) {
            this.broker = broker;
            this.clickHouse = clickHouse;
            forgetPeak();
            allocatedBefore = allocated();
            brokerBefore = cpuOf(broker);
            clickHouseBefore = cpuOf(clickHouse);
            jitMillisBefore = COMPILER.getTotalCompilationTime();
            cpuBefore = SYSTEM.getProcessCpuTime();
        }

        /** Begins a stretch of work. */
        static Meter start(ProcessHandle broker, ProcessHandle clickHouse) {
            return new Meter(broker, clickHouse);
        }

        /** What it took until now. */
        Usage read() {
            double cpu = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e9;
            long bytes = 0;
            for (Map.Entry<Long, Long> thread : allocated().entrySet()) {
                bytes += thread.getValue() - allocatedBefore.getOrDefault(thread.getKey(), 0L);
            }
            return new Usage(
                    cpu,
                    (COMPILER.getTotalCompilationTime() - jitMillisBefore) / 1e3,
                    seconds(cpuOf(broker).minus(brokerBefore)),
                    seconds(cpuOf(clickHouse).minus(clickHouseBefore)),
                    bytes,
                    peak());
        }

        private static Map<Long, Long> allocated() {
            long[] ids = THREADS.getAllThreadIds();
            long[] bytes = THREADS.getThreadAllocatedBytes(ids);
            Map<Long, Long> byThread = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                if (bytes[i] >= 0) { // It is -1 for a thread that ended meanwhile.
                    byThread.put(ids[i], bytes[i]);
                }
            }
            return byThread;
        }

        private static Duration cpuOf(ProcessHandle process) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        private static double seconds(Duration duration) {
            return duration.toNanos() / 1e9;
        }

        private static void forgetPeak() {
            try {
                Files.writeString(CLEAR, FORGET_PEAK);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The peak of memory can't be measured: " + CLEAR + " can't be written", e);
            }
        }

        private static long peak() {
            try {
                List<String> lines = Files.readAllLines(STATUS);
                return lines.stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(STATUS + " has no line VmHWM"));
            } catch (IOException e) {
                throw new UncheckedIOException("The peak of memory can't be read from " + STATUS, e);
            }
        }
    }
}
