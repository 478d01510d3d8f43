package io.ag06.local.chaos;

import io.ag06.local.ChildJvm;

/** The producer's clock is wrong from now on, by so many seconds; its successors' are right again. */
record ClockStep(ChildJvm producer, int seconds) implements Fault {
    @Override
    public String words() {
        return "of %+d s".formatted(seconds);
    }

    @Override
    public void strike() {
        producer.tell("clock " + seconds);
    }

    @Override
    public void mend() {
        // It stays as it is until the next step.
    }
}
