package io.ag06.local;

import java.time.Duration;

/** Is told how a demo goes on. */
public interface DemoProgress {
    /** A part of the stack begins to start. */
    void starting(String part);

    /** Events are made, for as long as stated. */
    void running(Duration elapsed, Duration length, long frames, long requests);

    /** No more events; what is on its way is waited for. */
    void finishing();
}
