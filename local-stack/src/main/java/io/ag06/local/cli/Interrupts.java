package io.ag06.local.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Ctrl-C and SIGTERM as an interrupt of the working thread, which then ends in order before the process does. */
public final class Interrupts {
    private Interrupts() {}

    /** Runs the work; a signal interrupts it, and the process waits for its end. */
    public static <T> T duringWork(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> interruptAndWait(worker, done), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            done.countDown();
        }
    }

    private static void interruptAndWait(Thread worker, CountDownLatch done) {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
