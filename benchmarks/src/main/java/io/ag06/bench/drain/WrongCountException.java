package io.ag06.bench.drain;

/** A round did not come to what the topic holds, so its speed means nothing. */
final class WrongCountException extends RuntimeException {
    WrongCountException(String what, Object expected, Object found) {
        super("%s: expected %s, found %s; the figures of this run are worth nothing".formatted(what, expected, found));
    }

    static void require(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new WrongCountException(what, expected, found);
        }
    }
}
