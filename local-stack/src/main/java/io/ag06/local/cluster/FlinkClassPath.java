package io.ag06.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Flink itself runs with. Nothing of ours is on it, so a job on such a cluster proves that its jar brings all it
 * needs.
 *
 * @param jars separated as Java wants it
 */
public record FlinkClassPath(String jars) {
    /** Where the launcher says that the build wrote it. */
    private static final String PROPERTY = "ag06.flink.classpath";

    /** The one that this build has written down. */
    public static FlinkClassPath ofThisBuild() {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            throw new ClusterException(
                    "Flink's class path is not known; start this command with the ag06 launcher, which builds it");
        }
        try {
            return new FlinkClassPath(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new ClusterException("Flink's class path can't be read from " + file + "; build again", e);
        }
    }
}
