package io.ag06.local.cli;

import io.ag06.local.chaos.ChaosProgress;
import io.ag06.local.chaos.ChaosReport;
import java.time.Duration;
import java.util.Locale;

/** A run of the fault suite, for a person. */
final class ChaosText {
    private ChaosText() {}

    /** What it came to. */
    static String of(ChaosReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%nSeed %d, %d cycles (the longest %.1f s), %,d events, %d s",
                report.seed(),
                report.cycles(),
                report.longestCycleSeconds(),
                report.events(),
                report.seconds());
        line(text, "%n%-32s %6s  %s", "fault", "times", "recovery, median and longest");
        report.faults().forEach((kind, times) -> {
            ChaosReport.Recovery recovery = report.recoverySeconds().get(kind);
            line(text, "%-32s %6d  %6.1f s %6.1f s", kind, times, recovery.p50(), recovery.max());
        });
        report.notRun().forEach(kind -> line(text, "%-32s not run: this system or this user can't have it", kind));
        line(
                text,
                "%n%,d lost, %,d duplicated; %,d rows of the golden signals differ from an undisturbed run.",
                report.lost(),
                report.duplicated(),
                report.differingRows());
        line(text, "%s Dead letters: %,d of %,d.", report.verify(), report.deadLetters(), report.deadLettersExpected());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }

    /** How it goes on, on standard error. */
    static final class OnTerminal implements ChaosProgress {
        @Override
        public void starting(String part) {
            System.err.println("Starting " + part);
        }

        @Override
        public void striking(int cycle, int cycles, String fault) {
            System.err.printf(Locale.ROOT, "%3d/%d  %s%n", cycle, cycles, fault);
        }

        @Override
        public void notRun(int cycle, int cycles, String kind) {
            System.err.printf(Locale.ROOT, "%3d/%d  %s: not run, it can't be had here%n", cycle, cycles, kind);
        }

        @Override
        public void recovered(Duration after, long events) {
            System.err.printf(
                    Locale.ROOT, "        recovered after %.1f s, %,d events%n", after.toMillis() / 1000.0, events);
        }

        @Override
        public void judging(String step) {
            System.err.println("Looking at " + step);
        }
    }
}
