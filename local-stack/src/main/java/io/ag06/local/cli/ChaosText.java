package io.ag06.local.cli;

import io.ag06.local.chaos.ChaosProgress;
import io.ag06.local.chaos.ChaosReport;
import java.nio.file.Path;
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
            if (recovery == null) {
                line(text, "%-32s %6d  none", kind, times);
            } else {
                line(text, "%-32s %6d  %6.1f s %6.1f s", kind, times, recovery.p50(), recovery.max());
            }
        });
        report.notRun().forEach(kind -> line(text, "%-32s not run: this system or this user can't have it", kind));
        report.slowCycles()
                .forEach(slow -> line(
                        text,
                        "%nToo slow: cycle %d (%s) took %.1f s, more than %d s.",
                        slow.cycle(),
                        slow.fault(),
                        slow.seconds(),
                        ChaosReport.LONGEST_CYCLE.toSeconds()));
        report.unrecovered().forEach(what -> line(text, "%nNot recovered: %s", what));
        report.notJudged().forEach(what -> line(text, "%nNot judged: %s", what));
        line(
                text,
                "%n%s lost, %s duplicated; %s rows of the golden signals differ from an undisturbed run.",
                number(report.lost()),
                number(report.duplicated()),
                number(report.differingRows()));
        line(
                text,
                "%s Dead letters: %s of %,d.",
                report.verify() == null ? "Kafka could not be held against ClickHouse." : report.verify(),
                number(report.deadLetters()),
                report.deadLettersExpected());
        return text.toString();
    }

    /** A question mark for what could not be found out. */
    private static String number(Long number) {
        return number == null ? "?" : String.format(Locale.ROOT, "%,d", number);
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
        public void leftDisk(Path directory, boolean takenAway) {
            System.err.println(
                    takenAway
                            ? "Took away the disk at %s, which a killed run had left".formatted(directory)
                            : "A killed run has left a disk in memory; to free it: umount " + directory);
        }

        @Override
        public void kept(Path data) {
            System.err.println("Data and logs are in " + data);
        }

        @Override
        public void judging(String step) {
            System.err.println("Looking at " + step);
        }
    }
}
