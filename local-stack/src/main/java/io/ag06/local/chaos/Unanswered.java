package io.ag06.local.chaos;

/** A failure of the pipeline that is a finding, not the end of the run. */
final class Unanswered {
    private Unanswered() {}

    /**
     * What a report says of it.
     *
     * @throws InterruptedException where it is no finding, since somebody ends the run
     */
    static String reason(Exception failure) throws InterruptedException {
        if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        // Parts that can't declare it leave it set.
        if (Thread.interrupted()) {
            throw new InterruptedException(failure.getMessage());
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
