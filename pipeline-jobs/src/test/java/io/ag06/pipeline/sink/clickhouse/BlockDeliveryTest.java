package io.ag06.pipeline.sink.clickhouse;

import static io.ag06.pipeline.sink.clickhouse.Blocks.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class BlockDeliveryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00.000123Z"));

    private final FakeClickHouse clickHouse = new FakeClickHouse();
    private final SinkMetrics metrics = SinkMetrics.ofThisProcess();
    private final BlockDelivery delivery = new BlockDelivery(clickHouse, Blocks.IMPATIENT, CLOCK, metrics);

    @Test
    void aBlockIsLookedUpThenSentThenSeen() throws Exception {
        Block block = Blocks.block();

        delivery.deliver(block);

        assertThat(clickHouse.lookUps())
                .extracting(FakeClickHouse.LookUp::table)
                .containsExactly(TABLE.name(), Tables.REJECTED_BLOCKS.name(), TABLE.name());
        assertThat(clickHouse.lookUps().get(0).partitionDay()).isEqualTo(OptionalInt.of(Blocks.DAY));
        assertThat(clickHouse.parts(TABLE)).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo(block.name());
            assertThat(new String(part.bytes(), StandardCharsets.US_ASCII)).isEqualTo("some rows, as bytes");
        });
    }

    @Test
    void oneSessionServesManyBlocks() throws Exception {
        delivery.deliver(Blocks.block());
        delivery.deliver(Blocks.block());

        assertThat(clickHouse.openedSessions()).isEqualTo(1);
        assertThat(clickHouse.parts(TABLE)).hasSize(2);
    }

    @Test
    void aServerThatWasStartedAgainSinceTheLookUpDoesNotTakeTheBlockUntilItIsLookedUpThere() throws Exception {
        clickHouse.next(Accident.RESTARTED_BEFORE);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.openedSessions()).isEqualTo(2);
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aSessionThatWasIdleForTooLongIsOpenedAnewWithoutAWait() throws Exception {
        delivery.deliver(Blocks.block());
        clickHouse.restart();

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.failures()).isZero();
        assertThat(clickHouse.parts(TABLE)).hasSize(2);
    }

    @Test
    void aFailedAttemptLeavesItsSessionToItself() throws Exception {
        clickHouse.next(Accident.BROKEN_OFF);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.openedSessions()).isEqualTo(2);
    }

    @Test
    void aTokenThatTheServerKeptWithoutItsPartDoesNotSwallowTheBlock() throws Exception {
        clickHouse.rememberingTokens().next(Accident.TOKEN_WITHOUT_PART);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void rowsThatAreTooOldForTheirTableAreLetGoAfterSomeSends() throws Exception {
        clickHouse.droppingRows();

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.attempts()).isEqualTo(5);
        assertThat(clickHouse.parts(TABLE)).isEmpty();
    }

    @Test
    void theFileOfRowsThatAreTooOldStaysForWhoeverRestoresThem(@TempDir Path directory) throws Exception {
        clickHouse.droppingRows();
        Block block = spilled(directory);

        delivery.deliver(block);
        delivery.deliver(block);

        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void rowsThatAreNotSeenThoughTheirTableKeepsThemAreSentUntilTheyAre() throws Exception {
        clickHouse.losing(7);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.attempts()).isEqualTo(8);
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aReplicatedTableIsBelievedSinceItKeepsTokenAndPartTogether() throws Exception {
        clickHouse.replicated().next(Accident.STORED_UNANSWERED);
        clickHouse.failingLookUps(0);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.openedSessions()).isZero();
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_SENDING", "BROKEN_OFF", "STORED_UNANSWERED"})
    void aFailedAttemptIsLookedUpBeforeTheNextAndStoredOnce(Accident accident) throws Exception {
        clickHouse.next(accident);
        Block block = Blocks.block();

        delivery.deliver(block);

        assertThat(clickHouse.lookUps())
                .first()
                .isEqualTo(new FakeClickHouse.LookUp(TABLE.name(), block.name(), OptionalInt.of(Blocks.DAY)));
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
        assertThat(clickHouse.parts(TABLE).get(0).bytes()).hasSize(block.body().length());
    }

    @Test
    void everyFurtherAttemptIsLookedUp() throws Exception {
        clickHouse.next(Accident.LOST_BEFORE_SENDING, Accident.BROKEN_OFF, Accident.STORED_UNANSWERED);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.attempts()).isEqualTo(3);
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aRestoredBlockIsLookedUpFirst() throws Exception {
        Block block = Blocks.block();
        clickHouse.holding(block);

        delivery.deliver(block);

        assertThat(clickHouse.attempts()).isZero();
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aRestoredBlockThatIsNotThereIsSent() throws Exception {
        delivery.deliver(Blocks.block());

        assertThat(clickHouse.lookUps()).isNotEmpty();
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aLookUpThatFailsIsMadeAgainAndNothingIsSentMeanwhile() throws Exception {
        Block block = Blocks.block();
        clickHouse.holding(block).failingLookUps(3);

        delivery.deliver(block);

        assertThat(clickHouse.failures()).isEqualTo(3);
        assertThat(clickHouse.attempts()).isZero();
    }

    @Test
    void aRefusedBlockIsKeptWholeUnderItsName() throws Exception {
        clickHouse.next(Accident.REFUSED);
        Block block = Blocks.block();

        delivery.deliver(block);

        assertThat(clickHouse.parts(TABLE)).isEmpty();
        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo(block.name());
            assertThat(part.rows()).isEqualTo(1);
            assertThat(new String(part.bytes(), StandardCharsets.ISO_8859_1))
                    .contains("numbers", "2024-10-04", "number,appended_at,sink_block", "CANNOT_PARSE_DATE")
                    .contains("some rows, as bytes");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE_SENDING", "BROKEN_OFF", "STORED_UNANSWERED"})
    void aRefusalIsStoredOnceWhateverHappensToItsInsert(Accident accident) throws Exception {
        clickHouse.next(Accident.REFUSED, accident);

        delivery.deliver(Blocks.block());

        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).hasSize(1);
    }

    @Test
    void aCrashBetweenARefusalAndStoringItEndsWithOneRow() throws Exception {
        clickHouse.next(Accident.REFUSED, Accident.CRASH, Accident.REFUSED);
        Block block = Blocks.block();
        assertThatExceptionOfType(FakeClickHouse.Killed.class).isThrownBy(() -> delivery.deliver(block));

        delivery.deliver(block);

        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).hasSize(1);
    }

    @Test
    void aCrashAfterARefusalWasStoredEndsWithOneRow() throws Exception {
        clickHouse.next(Accident.REFUSED, Accident.NONE, Accident.REFUSED);
        Block block = Blocks.block();
        delivery.deliver(block);

        delivery.deliver(block);

        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).hasSize(1);
    }

    @Test
    void aRefusedBlockWhoseFileIsGoneAlreadyIsDone(@TempDir Path directory) throws Exception {
        clickHouse.next(Accident.REFUSED, Accident.NONE, Accident.REFUSED);
        Block block = spilled(directory);
        delivery.deliver(block);
        assertThat(directory).isEmptyDirectory();

        delivery.deliver(block); // Restored from the checkpoint before the acknowledgement.

        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).hasSize(1);
    }

    @Test
    void aStoredBlockWhoseFileIsGoneAlreadyIsDone(@TempDir Path directory) throws Exception {
        Block block = spilled(directory);
        delivery.deliver(block);

        delivery.deliver(block);

        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aSpilledBlockArrivesWholeAndItsFileGoes(@TempDir Path directory) throws Exception {
        clickHouse.next(Accident.BROKEN_OFF);

        delivery.deliver(spilled(directory));

        assertThat(clickHouse.parts(TABLE))
                .singleElement()
                .satisfies(part -> assertThat(new String(part.bytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("some rows, as bytes"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileStaysUntilItsBlockIsStored(@TempDir Path directory) throws Exception {
        clickHouse.next(Accident.WRONG_PASSWORD);
        Block block = spilled(directory);

        assertThatExceptionOfType(InsertFailure.Fatal.class).isThrownBy(() -> delivery.deliver(block));

        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void aDamagedFileIsNeverSent(@TempDir Path directory) throws Exception {
        Block block = spilled(directory);
        Path file = Path.of(((BlockBody.Spilled) block.body()).path());
        Files.writeString(file, "some rows, as bytEs");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> delivery.deliver(block))
                .withMessageContaining("is damaged")
                .withMessageContaining(file.toString());

        assertThat(clickHouse.attempts()).isZero();
    }

    @Test
    void aRefusalThatIsRefusedIsFatalAndNamesTheBlock() {
        clickHouse.next(Accident.REFUSED, Accident.REFUSED);
        Block block = Blocks.block();

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> delivery.deliver(block))
                .withMessageContaining(block.toString())
                .withMessageContaining("rejected_blocks")
                .withMessageContaining("run the migrations");
    }

    @Test
    void whatOnlyAPersonCanMendEndsAtOnce() {
        clickHouse.next(Accident.WRONG_PASSWORD);

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> delivery.deliver(Blocks.block()))
                .withMessage("AUTHENTICATION_FAILED");

        assertThat(clickHouse.attempts()).isEqualTo(1);
    }

    @Test
    void aClientThatThrowsIsNotSwallowedAndItsBlockIsLookedUpNextTime() throws Exception {
        clickHouse.next(Accident.CLIENT_THROWS);
        Block block = Blocks.block();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> delivery.deliver(block))
                .withMessage("the client is broken");
        delivery.deliver(block);

        assertThat(clickHouse.lookUps()).isNotEmpty();
        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void anInterruptEndsAnInsertThatHangs() throws Exception {
        clickHouse.next(Accident.HANGS);

        Throwable end = interruptedWhen(clickHouse::awaitHanging, delivery);

        assertThat(end).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsTheWaitForAServerThatIsAway() throws Exception {
        clickHouse.goAway();
        BlockDelivery patient =
                new BlockDelivery(clickHouse, new Patience(Duration.ofMinutes(1), Duration.ofHours(1)), CLOCK, metrics);

        Throwable end = interruptedWhen(
                () -> org.awaitility.Awaitility.await().until(() -> clickHouse.failures() > 0), patient);

        assertThat(end).isInstanceOf(InterruptedException.class);
    }

    private static Block spilled(Path directory) throws IOException {
        return new BlockFiles(directory.toString(), Duration.ofDays(1), CLOCK).spill(Blocks.block());
    }

    /** What a delivery ends with that is interrupted as soon as something has happened; fails where it goes on. */
    private static Throwable interruptedWhen(Happened happened, BlockDelivery delivery) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            delivery.deliver(Blocks.block());
            return null;
        });
        Thread thread = new Thread(task, "delivery");
        thread.start();
        happened.await();
        thread.interrupt();
        try {
            task.get(2, TimeUnit.SECONDS);
            throw new AssertionError("The delivery ended as if the block were stored");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private interface Happened {
        void await() throws InterruptedException;
    }
}
