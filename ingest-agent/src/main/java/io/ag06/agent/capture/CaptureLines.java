package io.ag06.agent.capture;

import java.util.Optional;

/** The lines of a machine. */
interface CaptureLines {
    /**
     * Opens a line and starts it.
     *
     * @param mixer part of its name; empty: an AG06 if there is one, else the default line
     * @throws LineException if there is none of that name, or it can't be opened now
     */
    CaptureLine open(Optional<String> mixer) throws LineException;

    /** A line that can't be had now. The message is one line: which one, why, and what there is instead. */
    final class LineException extends Exception {
        private static final long serialVersionUID = 1L;

        LineException(String message) {
            super(message);
        }

        LineException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
