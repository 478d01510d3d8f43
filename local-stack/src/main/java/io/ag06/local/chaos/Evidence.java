package io.ag06.local.chaos;

import io.ag06.local.reconcile.ReconciliationReport;

/** What a verdict asks. Each question may fail: it is asked of a pipeline to which much has happened. */
interface Evidence {
    /** Rows of numbered requests, and how many numbers below that of the events they have. */
    Numbered numbered(long events) throws Exception;

    /** What {@code verify} says. */
    ReconciliationReport reconciliation() throws Exception;

    /** Rows of the golden signals that an undisturbed run over the same events has not, or has otherwise. */
    long differingRows(long events) throws Exception;

    /** Rows in {@code dead_letters}. */
    long deadLetters() throws Exception;

    /**
     * Requests by their numbers.
     *
     * @param rows all of them
     * @param different numbers among them
     */
    record Numbered(long rows, long different) {}
}
