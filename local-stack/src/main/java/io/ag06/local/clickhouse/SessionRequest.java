package io.ag06.local.clickhouse;

import java.time.Duration;
import java.util.Optional;

/**
 * The session that a request belongs to.
 *
 * @param timeout how long it lives after its last request: 1 s to 1 h, 1 min where nothing is said
 * @param mustExist {@code session_check=1}: a new one is an error
 * @param closes {@code close_session=1}: ends with this request
 */
record SessionRequest(String id, Duration timeout, boolean mustExist, boolean closes) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    static Optional<SessionRequest> of(QueryRequest.Asked asked) throws EngineException {
        var id = asked.text("session_id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SessionRequest(id.get(), timeout(asked), asked.flag("session_check"), asked.flag("close_session")));
    }

    private static Duration timeout(QueryRequest.Asked asked) throws EngineException {
        String text = asked.text("session_timeout").orElse(Long.toString(DEFAULT_TIMEOUT.toSeconds()));
        try {
            var timeout = Duration.ofSeconds(Long.parseLong(text));
            if (!timeout.isNegative() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        } catch (NumberFormatException e) {
            throw new EngineException(
                    EngineException.INVALID_SESSION_TIMEOUT,
                    "Invalid session timeout: '" + text + "'. (INVALID_SESSION_TIMEOUT)",
                    e);
        }
        throw new EngineException(
                EngineException.INVALID_SESSION_TIMEOUT,
                "Session timeout '" + text + "' is not in 0.." + LONGEST_TIMEOUT.toSeconds()
                        + " seconds. (INVALID_SESSION_TIMEOUT)");
    }
}
