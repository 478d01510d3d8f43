package io.ag06.agent.spool;

/**
 * How full the spool is.
 *
 * @param records records taken in but not yet acknowledged
 * @param bytes their size on disk
 * @param limitBytes size at which the spool is full
 * @param refused records that found no room and whose source could not wait, since the spool was opened
 */
public record SpoolLevel(long records, long bytes, long limitBytes, long refused) {}
