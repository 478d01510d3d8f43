package io.ag06.pipeline.sink.clickhouse;

import com.clickhouse.client.api.ServerException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What follows from a failure that the official client reports. */
final class FailureVerdict {
    /** Causes that the bytes of a block themselves give: sending them again gives the same answer. */
    private static final Set<Integer> REFUSALS = Set.of(
            6, // CANNOT_PARSE_TEXT
            27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
            33, // CANNOT_READ_ALL_DATA
            38, // CANNOT_PARSE_DATE
            41, // CANNOT_PARSE_DATETIME
            53, // TYPE_MISMATCH
            69, // ARGUMENT_OUT_OF_BOUND
            70, // CANNOT_CONVERT_TYPE
            72, // CANNOT_PARSE_NUMBER
            117, // INCORRECT_DATA
            128, // TOO_LARGE_ARRAY_SIZE
            131, // TOO_LARGE_STRING_SIZE
            321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
            349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
            407, // DECIMAL_OVERFLOW
            469); // VIOLATED_CONSTRAINT

    /** Causes that a person must mend. */
    private static final Set<Integer> FATAL = Set.of(
            8, // THERE_IS_NO_COLUMN
            10, // NOT_FOUND_COLUMN_IN_BLOCK
            16, // NO_SUCH_COLUMN_IN_TABLE
            47, // UNKNOWN_IDENTIFIER
            60, // UNKNOWN_TABLE
            62, // SYNTAX_ERROR
            81, // UNKNOWN_DATABASE
            115, // UNKNOWN_SETTING
            192, // UNKNOWN_USER
            193, // WRONG_PASSWORD
            194, // REQUIRED_PASSWORD
            497, // ACCESS_DENIED
            516); // AUTHENTICATION_FAILED

    /** SESSION_NOT_FOUND: the server was started again, or the session was idle for too long. */
    private static final int SESSION_NOT_FOUND = 372;

    private FailureVerdict() {}

    /**
     * Refused or fatal where the server gives a cause that is known to be so; anything else may pass.
     *
     * @param what was asked, for the message
     * @param server that was asked
     */
    static InsertFailure of(Throwable cause, String what, URI server) {
        Optional<ServerException> said = serverException(cause);
        if (said.isEmpty()) {
            return new InsertFailure.Transient(
                    "ClickHouse at %s did not answer (%s): %s".formatted(server, what, rootOf(cause)), cause);
        }
        String message =
                "ClickHouse at %s, %s: %s".formatted(server, what, said.get().getMessage());
        int code = said.get().getCode();
        if (REFUSALS.contains(code)) {
            return new InsertFailure.Refused(message, cause);
        }
        if (FATAL.contains(code)) {
            return new InsertFailure.Fatal(message, cause);
        }
        return new InsertFailure.Transient(message, cause);
    }

    /** Whether the server did nothing because it does not know the session. */
    static boolean isOfSession(InsertFailure failure) {
        return serverException(failure)
                .map(said -> said.getCode() == SESSION_NOT_FOUND)
                .orElse(false);
    }

    private static Optional<ServerException> serverException(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ServerException server) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
