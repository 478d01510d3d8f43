package io.ag06.local;

/** How many parallel tasks a job has, as it is written in settings. */
final class Parallelism {
    private Parallelism() {}

    /** @param text a whole number from 1, or null for 1 */
    static int parse(String text) {
        if (text == null) {
            return 1;
        }
        if (text.matches("[1-9]\\d{0,4}")) {
            return Integer.parseInt(text);
        }
        throw new StackException("parallelism=%s: must be a whole number from 1".formatted(text));
    }
}
