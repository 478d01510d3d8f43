package io.ag06.agent.spool;

/**
 * How much the spool holds.
 *
 * @param limitBytes size of the waiting records at which the spool is full; on disk it may take one segment more
 * @param segmentBytes size at which a file is closed and the next one begun; a file is deleted once all of its records
 *     are published
 */
public record SpoolSettings(long limitBytes, long segmentBytes) {
    /** 1 GiB in files of 16 MiB: a mixer's frames and readings of about five weeks. */
    public static final SpoolSettings DEFAULT = new SpoolSettings(1L << 30, 16L << 20);

    public SpoolSettings {
        if (limitBytes < SpooledRecord.MAX_BYTES) {
            throw new IllegalArgumentException("the spool's limit must be at least " + SpooledRecord.MAX_BYTES
                    + " bytes, so that any record fits, was " + limitBytes);
        }
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("a segment must have at least 1 byte, was " + segmentBytes);
        }
    }
}
