package io.ag06.local.chaos;

/**
 * A process ends as by {@code kill -9}.
 *
 * @param words whose end
 * @param kill ends it
 * @param restart starts its successor
 */
record Kill(String words, Runnable kill, Runnable restart) implements Fault {
    /** Somebody else starts it again. */
    static final Runnable SUPERVISED = () -> {};

    @Override
    public void strike() {
        kill.run();
    }

    @Override
    public void mend() {
        restart.run();
    }
}
