package io.ag06.local.clickhouse;

import java.util.Base64;
import java.util.HexFormat;

/**
 * The package that brings the engine, pinned to the byte.
 *
 * @param name on npm
 * @param sha512 of the archive, in Base64 (npm's {@code dist.integrity})
 * @param archiveBytes size of the archive
 * @param entry the library inside
 * @param libraryBytes size of the library
 */
record EnginePackage(String name, String version, String sha512, long archiveBytes, String entry, long libraryBytes) {
    /** The only build that was tried. The others of this version are not published. */
    static final EnginePackage LINUX_X64 = new EnginePackage(
            "@chdb/lib-linux-x64-gnu",
            "26.7.3-stable.1",
            "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==",
            177_817_999L,
            "package/libchdb.so",
            566_330_096L);

    /** As npm takes it. */
    String spec() {
        return name + "@" + version;
    }

    boolean hasHash(byte[] hash) {
        return java.security.MessageDigest.isEqual(Base64.getDecoder().decode(sha512), hash);
    }

    String shortHash() {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(sha512), 0, 8);
    }
}
