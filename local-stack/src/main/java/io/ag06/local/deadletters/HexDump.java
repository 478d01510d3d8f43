package io.ag06.local.deadletters;

import java.util.HexFormat;

/** Bytes for a person: sixteen on a line, by number and, where they are ASCII, by letter. */
public final class HexDump {
    private static final int PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /**
     * The bytes in lines.
     *
     * @param most bytes that are shown; what lies beyond is counted
     */
    public static String of(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(bytes.length, most);
        for (int at = 0; at < shown; at += PER_LINE) {
            int end = Math.min(at + PER_LINE, shown);
            text.append("%08x  %-47s  ".formatted(at, HEX.formatHex(bytes, at, end)));
            for (int i = at; i < end; i++) {
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
            }
            text.append(System.lineSeparator());
        }
        if (shown < bytes.length) {
            text.append("… and %d more%n".formatted(bytes.length - shown));
        }
        return text.toString();
    }
}
