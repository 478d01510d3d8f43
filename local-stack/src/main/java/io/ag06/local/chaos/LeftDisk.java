package io.ag06.local.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SmallDisk} of a run that was killed. It takes up memory until it is taken away.
 *
 * @param directory where it is mounted
 */
record LeftDisk(Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(LeftDisk.class);
    private static final Path MOUNTS = Path.of("/proc/mounts");

    /** The name we give it, with the process that did, then the folder. */
    private static final Pattern OURS = Pattern.compile(SmallDisk.NAME + "-(\\d+) (\\S+) tmpfs .*");

    /**
     * Takes them away where nobody can miss them: from temporary folders. On those in a folder that somebody has chosen
     * may be what he looks for; they are only told of, as are those that can't be taken away.
     */
    static void takeAway(ChaosProgress progress) throws IOException {
        if (!Files.isReadable(MOUNTS)) {
            return; // No system on which there are small disks.
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        for (LeftDisk disk : in(Files.readAllLines(MOUNTS), LeftDisk::lives)) {
            boolean gone = disk.isIn(temporary) && SmallDisk.unmount(disk.directory());
            LOG.info("{} of a killed run {}", disk.directory(), gone ? "was taken away" : "is left as it is");
            progress.leftDisk(disk.directory(), gone);
        }
    }

    /**
     * Those whose runs are dead.
     *
     * @param mounts lines of the system's table
     * @param lives whether a process does
     */
    static List<LeftDisk> in(List<String> mounts, LongPredicate lives) {
        return mounts.stream()
                .map(OURS::matcher)
                .filter(Matcher::matches)
                .filter(mount -> !lives.test(Long.parseLong(mount.group(1))))
                .map(mount -> new LeftDisk(Path.of(mount.group(2))))
                .toList();
    }

    /** Whether it is in one of our own folders for temporary files. */
    boolean isIn(Path temporary) {
        return directory.startsWith(temporary)
                && directory.getNameCount() > temporary.getNameCount() + 1
                && directory.getName(temporary.getNameCount()).toString().matches(ChaosFolder.TEMPORARY + "\\d+");
    }

    private static boolean lives(long process) {
        Optional<ProcessHandle> owner = ProcessHandle.of(process);
        return owner.isPresent() && owner.get().isAlive();
    }
}
