package io.ag06.local;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Comma-separated numbers and names without quotes, plain or {@code .gz}, under a header that is known. */
final class CsvFile {
    private final Path path;
    private final String header;

    /** @param header the first line */
    CsvFile(Path path, String header) {
        this.path = path;
        this.header = header;
    }

    /** Takes a line's fields; the message of an {@link IllegalArgumentException} is told with file and line. */
    interface Row {
        void take(String[] fields);
    }

    /**
     * Reads all lines but the header and empty ones.
     *
     * @throws StackException if the file can't be read, or a line is not as it should be
     */
    void read(Row row) {
        int columns = header.split(",", -1).length;
        readLines((number, text) -> {
            if (number == 1) {
                require(text.equals(header), "the header must be " + header);
            } else {
                String[] fields = text.split(",", -1);
                require(
                        fields.length == columns,
                        "%d fields are needed, there are %d".formatted(columns, fields.length));
                row.take(fields);
            }
        });
    }

    /** Takes a line that is not empty, and its number, counted from 1. */
    interface Line {
        void take(int number, String text);
    }

    /**
     * Reads all lines but empty ones.
     *
     * @throws StackException if the file can't be read or is empty, or a line is not as it should be
     */
    void readLines(Line taker) {
        int number = 0;
        try (BufferedReader lines = open()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                if (number == 1 || !text.isEmpty()) {
                    taker.take(number, text);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new StackException("%s, line %d: %s".formatted(path, number, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new StackException("There is no file " + path, e);
        } catch (IOException e) {
            throw new StackException("%s can't be read after line %d: %s".formatted(path, number, e.getMessage()), e);
        }
        if (number == 0) {
            throw new StackException(path + " is empty; the header must be " + header);
        }
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A whole number. */
    static long wholeNumber(String name, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(name, text), e);
        }
    }

    /** A finite number; NaN where there is none. */
    static double number(String name, String text) {
        if (text.isBlank()) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text.strip());
            require(Double.isFinite(number), "%s must be a number or empty, not '%s'".formatted(name, text));
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a number or empty, not '%s'".formatted(name, text), e);
        }
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
        try {
            InputStream text = path.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
