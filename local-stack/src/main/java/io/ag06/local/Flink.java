package io.ag06.local;

import java.net.URI;

/** A Flink that the local stack has started. */
public interface Flink extends AutoCloseable {
    /** Its REST interface and web page. */
    URI rest();

    /** Its jobs. */
    FlinkJobs jobs();

    @Override
    void close();
}
