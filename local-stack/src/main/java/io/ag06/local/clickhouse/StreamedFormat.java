package io.ag06.local.clickhouse;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * A format whose chunks, put one behind the other, are one document, once the header that each chunk begins with is
 * taken off all but the first.
 */
enum StreamedFormat {
    /** No header. */
    PLAIN(0, false),
    /** A line of names. */
    ONE_LINE(1, false),
    /** A line of names and a line of types. */
    TWO_LINES(2, false),
    /** A count and as many names. */
    BINARY_NAMES(1, true),
    /** A count, as many names and as many types. */
    BINARY_NAMES_AND_TYPES(2, true);

    private final int parts;
    private final boolean binary;

    StreamedFormat(int parts, boolean binary) {
        this.parts = parts;
        this.binary = binary;
    }

    /** The way to stream a format; empty for one whose chunks don't make one document (JSON, Parquet, Pretty…). */
    static Optional<StreamedFormat> of(String format) {
        return Optional.ofNullable(
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "rowbinary",
                            "native",
                            "tabseparated",
                            "tsv",
                            "tabseparatedraw",
                            "tsvraw",
                            "raw",
                            "csv",
                            "jsoneachrow",
                            "jsonlines",
                            "ndjson",
                            "jsonstringseachrow",
                            "jsoncompacteachrow",
                            "jsoncompactstringseachrow",
                            "null" -> PLAIN;
                    case "tabseparatedwithnames",
                            "tsvwithnames",
                            "tabseparatedrawwithnames",
                            "tsvrawwithnames",
                            "rawwithnames",
                            "jsoncompacteachrowwithnames" -> ONE_LINE;
                    case "tabseparatedwithnamesandtypes",
                            "tsvwithnamesandtypes",
                            "tabseparatedrawwithnamesandtypes",
                            "tsvrawwithnamesandtypes",
                            "rawwithnamesandtypes",
                            "jsoncompacteachrowwithnamesandtypes" -> TWO_LINES;
                    case "rowbinarywithnames" -> BINARY_NAMES;
                    case "rowbinarywithnamesandtypes" -> BINARY_NAMES_AND_TYPES;
                    default -> null;
                });
    }

    /** How many bytes at the start of a chunk are its header. */
    int headerBytes(ByteBuffer chunk) {
        var in = chunk.duplicate();
        if (binary) {
            long names = varint(in) * parts;
            for (long i = 0; i < names; i++) {
                int length = (int) varint(in);
                in.position(in.position() + length);
            }
        } else {
            for (int lines = 0; lines < parts && in.hasRemaining(); ) {
                if (in.get() == '\n') {
                    lines++;
                }
            }
        }
        return in.position() - chunk.position();
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte part;
        do {
            part = in.get();
            value |= (long) (part & 0x7F) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }
}
