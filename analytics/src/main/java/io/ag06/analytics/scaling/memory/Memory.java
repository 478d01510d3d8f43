package io.ag06.analytics.scaling.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is remembered of one series: arrays of numbers of fixed lengths, handed out in a fixed order. So the whole
 * of it can be counted, saved as one array, and restored into whatever was built from the same settings.
 */
public final class Memory {
    private final List<double[]> parts = new ArrayList<>();

    /** Hands out an array of zeros; what is written to it is remembered. */
    public double[] numbers(int length) {
        double[] part = new double[length];
        parts.add(part);
        return part;
    }

    /** How many numbers are remembered. */
    public int size() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    /** A copy of all numbers. */
    public double[] save() {
        double[] saved = new double[size()];
        int position = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, saved, position, part.length);
            position += part.length;
        }
        return saved;
    }

    /** Overwrites all numbers by those of another memory, of which as many arrays of the same lengths were asked. */
    public void copy(Memory other) {
        for (int part = 0; part < parts.size(); part++) {
            System.arraycopy(other.parts.get(part), 0, parts.get(part), 0, parts.get(part).length);
        }
    }

    /** Overwrites all numbers by saved ones. */
    public void restore(double[] saved) {
        if (saved.length != size()) {
            throw new IllegalArgumentException(
                    "What was saved has %d numbers, %d are remembered: were its settings others?"
                            .formatted(saved.length, size()));
        }
        int position = 0;
        for (double[] part : parts) {
            System.arraycopy(saved, position, part, 0, part.length);
            position += part.length;
        }
    }
}
