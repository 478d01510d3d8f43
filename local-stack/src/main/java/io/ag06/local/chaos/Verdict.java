package io.ag06.local.chaos;

import io.ag06.local.reconcile.ReconciliationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the data says when all is over.
 *
 * @param numbered the numbered requests' rows
 * @param differingRows rows of the golden signals that an undisturbed run has otherwise
 * @param deadLetters rows in {@code dead_letters}
 * @param reconciliation what {@code verify} says
 * @param notJudged which of these are empty, and why
 */
record Verdict(
        Optional<Evidence.Numbered> numbered,
        Optional<Long> differingRows,
        Optional<Long> deadLetters,
        Optional<ReconciliationReport> reconciliation,
        List<String> notJudged) {
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

    /**
     * Judges; a question to which there is no answer keeps none of the others from being asked.
     *
     * @param events how many numbered requests are in Kafka
     */
    static Verdict of(Evidence evidence, long events, ChaosProgress progress) throws InterruptedException {
        List<String> notJudged = new ArrayList<>();
        progress.judging("each event by its number");
        var numbered = answer("lost, duplicated", () -> evidence.numbered(events), notJudged);
        progress.judging("every offset of Kafka");
        var reconciliation = answer("verify", evidence::reconciliation, notJudged);
        progress.judging("an undisturbed run over the same events");
        var differingRows = answer("differing_rows", () -> evidence.differingRows(events), notJudged);
        var deadLetters = answer("dead_letters", evidence::deadLetters, notJudged);
        return new Verdict(numbered, differingRows, deadLetters, reconciliation, List.copyOf(notJudged));
    }

    private static <T> Optional<T> answer(String what, Callable<T> question, List<String> notJudged)
            throws InterruptedException {
        try {
            return Optional.of(question.call());
        } catch (Exception e) { // What a question declares.
            notJudged.add("%s: %s".formatted(what, Unanswered.reason(e)));
            LOG.error("There is no verdict on {}", what, e);
            return Optional.empty();
        }
    }
}
