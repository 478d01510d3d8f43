package io.ag06.pipeline.source;

/** Bytes that only Avro itself can judge. Caught by whoever reads without it, so it needs no stack. */
final class UnusualBytesException extends Exception {
    private static final long serialVersionUID = 1;

    UnusualBytesException() {
        super("bytes that are left to Avro", null, false, false);
    }
}
