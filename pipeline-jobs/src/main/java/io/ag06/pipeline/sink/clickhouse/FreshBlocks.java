package io.ag06.pipeline.sink.clickhouse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blocks that writers of this process have cut and nobody has offered to the server yet.
 *
 * <p>A block that is here has certainly never been sent, so its first send needs no look-up. Anything else may have
 * been: a block restored from a checkpoint, or one that was tried before. A writer takes its blocks out when it closes,
 * because the attempt that follows restores them, and another process may have sent them meanwhile. Writer and
 * committer run in one task but are given no other way to speak to each other than the committable, and a mark inside
 * that would be restored with it.
 */
final class FreshBlocks {
    private static final Set<Long> NAMES = ConcurrentHashMap.newKeySet();

    private FreshBlocks() {}

    /** A writer has cut the block. */
    static void cut(long name) {
        NAMES.add(name);
    }

    /** Whether the block was never offered; from now on it was. */
    static boolean take(long name) {
        return NAMES.remove(name);
    }

    /** Whether the block was never offered. */
    static boolean contains(long name) {
        return NAMES.contains(name);
    }

    /** The writer that cut the blocks is gone. */
    static void forget(Iterable<Long> names) {
        names.forEach(NAMES::remove);
    }
}
