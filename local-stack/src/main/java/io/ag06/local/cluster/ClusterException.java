package io.ag06.local.cluster;

/** The Flink cluster can't be had. The message is one line: what happened, where, and what to do. */
public final class ClusterException extends RuntimeException {
    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
