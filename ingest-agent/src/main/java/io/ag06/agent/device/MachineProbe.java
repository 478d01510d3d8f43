package io.ag06.agent.device;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;

/**
 * Reads the machine's health from its operating system. In a container that is the host's, as far as it shows:
 * processors, memory and disk of the machine, network of the container.
 *
 * <p>One thread reads; a reading takes some milliseconds.
 */
public final class MachineProbe {
    private final HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
    private final Path path;
    private final InstantSource clock;
    private long[] previousTicks;

    /**
     * Begins to measure: the first reading's processor utilisation counts from here.
     *
     * @param path an existing file or folder of the file system to watch, the agent's spool
     * @param clock dates the readings
     */
    public MachineProbe(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
        this.previousTicks = hardware.getProcessor().getSystemCpuLoadTicks();
    }

    /**
     * Takes a reading.
     *
     * @throws IOException if file system or network tell nothing
     */
    public MachineReading read() throws IOException {
        GlobalMemory memory = hardware.getMemory();
        long memoryTotal = memory.getTotal();
        FileStore disk = Files.getFileStore(path);
        long diskTotal = disk.getTotalSpace();
        long received = 0;
        long sent = 0;
        for (NetworkIF networkInterface : hardware.getNetworkIFs(true)) {
            if (!isLoopback(networkInterface)) {
                received += networkInterface.getBytesRecv();
                sent += networkInterface.getBytesSent();
            }
        }
        Runtime runtime = Runtime.getRuntime();
        return new MachineReading(
                clock.instant(),
                cpuUtilisation(),
                Math.max(0, memoryTotal - memory.getAvailable()),
                memoryTotal,
                Math.max(0, diskTotal - disk.getUnallocatedSpace()),
                diskTotal,
                received,
                sent,
                runtime.totalMemory() - runtime.freeMemory());
    }

    private double cpuUtilisation() {
        CentralProcessor processor = hardware.getProcessor();
        long[] ticks = processor.getSystemCpuLoadTicks();
        double load = processor.getSystemCpuLoadBetweenTicks(previousTicks, ticks);
        previousTicks = ticks;
        // Virtual machines let single counters run backwards at times.
        return Double.isNaN(load) ? 0 : Math.max(0, Math.min(1, load));
    }

    private static boolean isLoopback(NetworkIF networkInterface) throws SocketException {
        NetworkInterface known = networkInterface.queryNetworkInterface();
        return known != null && known.isLoopback();
    }
}
