package io.ag06.local.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The words and signs of a statement, in order. Comments are passed over; strings, quoted names and heredocs are one
 * token each, so that nothing inside them is taken for a keyword. Works on bytes: offsets are those of the request.
 */
final class SqlTokens {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        SIGN,
        END
    }

    private final byte[] text;
    private final int length;
    private int at;
    private Kind kind = Kind.END;
    private int start;
    private int depth;

    SqlTokens(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Moves to the next token. */
    Kind next() {
        skipBlanksAndComments();
        start = at;
        if (at >= length) {
            kind = Kind.END;
        } else if (isWordByte(text[at])) {
            while (at < length && isWordByte(text[at])) {
                at++;
            }
            kind = Kind.WORD;
        } else if (text[at] == '\'') {
            skipQuoted((byte) '\'');
            kind = Kind.STRING;
        } else if (text[at] == '`' || text[at] == '"') {
            skipQuoted(text[at]);
            kind = Kind.QUOTED_NAME;
        } else if (text[at] == '$' && skipHeredoc()) {
            kind = Kind.STRING;
        } else {
            byte sign = text[at++];
            if (sign == '(' || sign == '[' || sign == '{') {
                depth++;
            } else if (sign == ')' || sign == ']' || sign == '}') {
                depth--;
            }
            kind = Kind.SIGN;
        }
        return kind;
    }

    Kind kind() {
        return kind;
    }

    /** Where the token begins. */
    int start() {
        return start;
    }

    /** Just after the token. */
    int end() {
        return at;
    }

    /** How many brackets are open after the token. */
    int depth() {
        return depth;
    }

    /** The token as it was written. */
    String word() {
        return new String(text, start, at - start, StandardCharsets.UTF_8);
    }

    /** The token without back quotes or double quotes around it. */
    String unquoted() {
        return kind == Kind.QUOTED_NAME && at - start >= 2
                ? new String(text, start + 1, at - start - 2, StandardCharsets.UTF_8)
                : word();
    }

    /** Whether the token is this keyword, in any case, outside all brackets. */
    boolean isKeyword(String keyword) {
        return depth == 0 && isWord(keyword);
    }

    /** Whether the token is this word, in any case, at any depth. */
    boolean isWord(String word) {
        return kind == Kind.WORD
                && at - start == word.length()
                && word().toUpperCase(Locale.ROOT).equals(word);
    }

    boolean isSign(char sign) {
        return kind == Kind.SIGN && text[start] == sign;
    }

    private void skipBlanksAndComments() {
        while (at < length) {
            byte here = text[at];
            byte following = at + 1 < length ? text[at + 1] : 0;
            if (here == ' ' || (here >= '\t' && here <= '\r')) {
                at++;
            } else if ((here == '-' && following == '-') || (here == '#' && (following == ' ' || following == '!'))) {
                while (at < length && text[at] != '\n') {
                    at++;
                }
            } else if (here == '/' && following == '*') {
                int end = indexOf("*/", at + 2);
                at = end < 0 ? length : end + 2;
            } else {
                return;
            }
        }
    }

    private void skipQuoted(byte quote) {
        at++;
        while (at < length) {
            if (text[at] == '\\') {
                at += 2;
            } else if (text[at++] == quote) {
                if (at >= length || text[at] != quote) {
                    return;
                }
                at++;
            }
        }
        at = Math.min(at, length);
    }

    /** {@code $tag$ … $tag$}. */
    private boolean skipHeredoc() {
        int tagEnd = at + 1;
        while (tagEnd < length && isWordByte(text[tagEnd]) && text[tagEnd] != '$') {
            tagEnd++;
        }
        if (tagEnd >= length || text[tagEnd] != '$') {
            return false;
        }
        String tag = new String(text, at, tagEnd + 1 - at, StandardCharsets.ISO_8859_1);
        int end = indexOf(tag, tagEnd + 1);
        at = end < 0 ? length : end + tag.length();
        return true;
    }

    private int indexOf(String ascii, int from) {
        for (int i = from; i + ascii.length() <= length; i++) {
            int same = 0;
            while (same < ascii.length() && (text[i + same] & 0xFF) == ascii.charAt(same)) {
                same++;
            }
            if (same == ascii.length()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWordByte(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b < 0;
    }
}
