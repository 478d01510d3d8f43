package io.ag06.local;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Comma-separated numbers and names without quotes, plain or compressed (gzip, which is told by its first bytes), under
 * a header that is known. Blanks around fields and a byte order mark before the first one do not count.
 */
final class CsvFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final int SHOWN_CHARACTERS = 60;

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
        readLines((number, text) -> {
            if (number == 1) {
                require(isHeader(text), "the header must be %s, not '%s'".formatted(header, shown(text)));
            } else {
                row.take(fields(text));
            }
        });
    }

    /** Whether a line is the header. */
    boolean isHeader(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .collect(Collectors.joining(","))
                .equals(header);
    }

    /** The fields of a line: as many as the header has, without blanks around them. */
    String[] fields(String line) {
        int columns = header.split(",", -1).length;
        String[] fields = Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
        if (fields.length != columns) {
            throw new IllegalArgumentException("%d fields are needed (%s), there %s %d in '%s'"
                    .formatted(columns, header, fields.length == 1 ? "is" : "are", fields.length, shown(line)));
        }
        return fields;
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
        if (Files.isDirectory(path)) {
            throw new StackException(path + " is a folder, not a file");
        }
        int number = 0;
        try (BufferedReader lines = open()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = (number == 1 ? withoutMark(line) : line).strip();
                if (number == 1 || !text.isEmpty()) {
                    taker.take(number, text);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new StackException("%s, line %d: %s".formatted(path, number, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new StackException("There is no file " + path, e);
        } catch (IOException e) {
            String after = number == 0 ? "" : " after line " + number;
            throw new StackException("%s can't be read%s: %s".formatted(path, after, FileTrouble.words(e)), e);
        }
        if (number == 0) {
            throw new StackException(path + " is empty; the header must be " + header);
        }
    }

    private static String withoutMark(String line) {
        return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A whole number between the bounds. */
    static long wholeNumber(String name, String text, long least, long most) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(name, shown(text)));
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // It has too many digits, so it is out of bounds.
        }
        throw new IllegalArgumentException(
                "%s must be between %d and %d, not %s".formatted(name, least, most, shown(text)));
    }

    /** A finite decimal number; NaN where there is none. */
    static double number(String name, String text) {
        if (text.isBlank()) {
            return Double.NaN;
        }
        String digits = text.strip();
        if (!isNumber(digits)) {
            throw new IllegalArgumentException("%s must be a number or empty, not '%s'".formatted(name, shown(text)));
        }
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException("%s is too large: %s".formatted(name, shown(digits)));
        }
        return number;
    }

    /** Whether that is a decimal number as people write it; Java would take {@code 0x1p3} and {@code 3d}, too. */
    static boolean isNumber(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /** As much of a text as helps to find it, on one line. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN_CHARACTERS ? printable : printable.substring(0, SHOWN_CHARACTERS) + "...";
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = new BufferedInputStream(bytes());
        try {
            InputStream text = isCompressed(bytes) ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** A pipe can't be asked for its length, as a file's stream would be. */
    private InputStream bytes() throws IOException {
        return Files.exists(path) && !Files.isRegularFile(path)
                ? new FileInputStream(path.toFile())
                : Files.newInputStream(path);
    }

    private static boolean isCompressed(InputStream bytes) throws IOException {
        bytes.mark(GZIP.length);
        byte[] first = bytes.readNBytes(GZIP.length);
        bytes.reset();
        return Arrays.equals(first, GZIP);
    }
}
