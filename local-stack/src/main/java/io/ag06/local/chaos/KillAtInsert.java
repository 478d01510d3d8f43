package io.ag06.local.chaos;

import io.ag06.local.StackException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** ClickHouse's process is killed at a chosen moment of an insert. */
final class KillAtInsert implements Fault {
    /** Every checkpoint brings inserts. */
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Pipeline pipeline;
    private final InsertTrap.Moment moment;
    private final int delayMillis;

    KillAtInsert(Pipeline pipeline, InsertTrap.Moment moment, int delayMillis) {
        this.pipeline = pipeline;
        this.moment = moment;
        this.delayMillis = delayMillis;
    }

    @Override
    public String words() {
        return moment == InsertTrap.Moment.BEFORE_ANSWER
                ? "of clickhouse when it had stored a block and not yet said so"
                : "of clickhouse %d ms into an insert".formatted(delayMillis);
    }

    @Override
    public void strike() throws Exception {
        InsertTrap trap =
                new InsertTrap(moment, delayMillis, () -> pipeline.clickHouse().kill());
        pipeline.network().watch(Link.FLINK_CLICKHOUSE, trap);
        try {
            trap.done().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StackException("no insert came within %d s".formatted(LONGEST_WAIT_SECONDS), e);
        } finally {
            pipeline.network().watch(Link.FLINK_CLICKHOUSE, TcpProxy.Tap.NOTHING);
        }
    }

    @Override
    public void mend() {
        pipeline.startClickHouse();
    }
}
