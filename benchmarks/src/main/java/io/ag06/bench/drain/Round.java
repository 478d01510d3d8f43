package io.ag06.bench.drain;

/**
 * One run of one contender over the whole topic.
 *
 * @param records how many records there were
 * @param secondsToLastRead from the first record to the last one taken
 * @param seconds from the first record to the end: the last one taken or, where rows are stored, the last row stored
 * @param usage what that took of the machine
 */
record Round(long records, double secondsToLastRead, double seconds, Usage usage) {
    double recordsPerSecond() {
        return records / seconds;
    }
}
