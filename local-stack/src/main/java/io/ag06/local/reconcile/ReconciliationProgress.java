package io.ag06.local.reconcile;

import java.time.Duration;

/** Is told how a run goes on. */
public interface ReconciliationProgress {
    /** Tells nobody. */
    ReconciliationProgress SILENT = new ReconciliationProgress() {
        @Override
        public void comparing(long offsets, long all) {}

        @Override
        public void waiting(long records, Duration longest) {}
    };

    /** So many offsets of all that there are have been compared. */
    void comparing(long offsets, long all);

    /** So many records look wrong and may still be on their way; they are asked for again, at most for so long. */
    void waiting(long records, Duration longest);
}
