package io.ag06.local.chaos;

/** One thing that happens to the pipeline, and how it ends. Used once. */
interface Fault {
    /** What exactly, in a few words for a person. */
    String words();

    /** Begins; returns when it has happened. */
    void strike() throws Exception;

    /** Ends, as far as that is not left to the pipeline itself; returns at once. */
    void mend() throws Exception;
}
