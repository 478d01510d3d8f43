package io.ag06.analytics.scaling.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a scaler came to on a recorded load. A minute whose load is not known is paid for and is not short.
 *
 * @param underMin minutes in which the load was above what the replicas that served could carry
 * @param underPct the same, per cent of all minutes, to 4 decimals
 * @param lostLoadPct load above what they could carry, per cent of all load, to 5 decimals
 * @param replicaHours replicas paid for, in hours, to 3 decimals
 * @param changes minutes at whose end another number of replicas was wanted than there was
 */
public record ReplayResult(int underMin, double underPct, double lostLoadPct, double replicaHours, int changes) {
    private static final double MINUTES_PER_HOUR = 60;

    static ReplayResult of(List<ReplayedMinute> minutes, double capacity) {
        int shortMinutes = 0;
        int changes = 0;
        long billed = 0;
        double load = 0;
        double lost = 0;
        for (ReplayedMinute minute : minutes) {
            shortMinutes += minute.isShort(capacity) ? 1 : 0;
            changes += minute.isChange() ? 1 : 0;
            billed += minute.billed();
            load += Double.isNaN(minute.load()) ? 0 : minute.load();
            lost += minute.lost(capacity);
        }
        return new ReplayResult(
                shortMinutes,
                rounded(100.0 * shortMinutes / minutes.size(), 4),
                rounded(load > 0 ? 100 * (lost / load) : 0, 5),
                rounded(billed / MINUTES_PER_HOUR, 3),
                changes);
    }

    private static double rounded(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    }
}
