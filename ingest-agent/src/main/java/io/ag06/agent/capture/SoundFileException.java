package io.ag06.agent.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A sound file that can't be used. The message is one line: the file, the place in it, what was found and expected. */
public final class SoundFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes what is wrong with a file.
     *
     * @param file the file
     * @param problem what was found, where, and what was expected
     */
    public SoundFileException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
