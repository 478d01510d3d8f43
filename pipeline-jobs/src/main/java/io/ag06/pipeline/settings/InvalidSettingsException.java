package io.ag06.pipeline.settings;

import java.util.List;

/** Settings that can't be used; the message names every problem, one a line. */
public final class InvalidSettingsException extends IllegalArgumentException {
    private final List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem: the setting, its value, what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
