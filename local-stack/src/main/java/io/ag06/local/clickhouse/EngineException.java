package io.ag06.local.clickhouse;

import java.util.regex.Pattern;

/** ClickHouse refused a statement, or the endpoint did on its behalf: a code of ClickHouse's list and the reason. */
final class EngineException extends Exception {
    static final int CANNOT_READ_ALL_DATA = 33;
    static final int BAD_ARGUMENTS = 36;
    static final int NOT_IMPLEMENTED = 48;
    static final int SYNTAX_ERROR = 62;
    static final int UNKNOWN_DATABASE = 81;
    static final int UNKNOWN_SETTING = 115;
    static final int READONLY = 164;
    static final int TOO_MANY_SIMULTANEOUS_QUERIES = 202;
    static final int NOT_ENOUGH_SPACE = 243;
    static final int CANNOT_DECOMPRESS = 271;
    static final int UNKNOWN_COMPRESSION_METHOD = 89;
    static final int CHECKSUM_DOESNT_MATCH = 40;
    static final int INTO_OUTFILE_NOT_ALLOWED = 370;
    static final int SESSION_NOT_FOUND = 372;
    static final int SESSION_IS_LOCKED = 373;
    static final int TOO_LARGE_RESULT = 396;
    static final int QUERY_WAS_CANCELLED = 394;
    static final int REQUEST_TOO_LARGE = 307;
    static final int INVALID_SESSION_TIMEOUT = 374;
    static final int UNKNOWN_ROLE = 511;
    static final int ACCESS_DENIED = 497;
    static final int AUTHENTICATION_FAILED = 516;
    static final int STD_EXCEPTION = 1001;

    private static final Pattern REPORT = Pattern.compile("^Code: (\\d+)\\. ?(.*)$", Pattern.DOTALL);
    private static final Pattern PREFIX = Pattern.compile("^(?:Code: \\d+\\. )?(?:DB::Exception: )?");

    private final int code;

    EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    EngineException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** An error as the engine prints it, {@code Code: 60. DB::Exception: …}; one without a code gets 1001. */
    static EngineException parse(String report) {
        var matcher = REPORT.matcher(report.strip());
        if (!matcher.matches()) {
            return new EngineException(STD_EXCEPTION, report.strip());
        }
        return new EngineException(
                Integer.parseInt(matcher.group(1)),
                PREFIX.matcher(matcher.group(2)).replaceFirst("").replaceFirst("^Code: \\d+\\. DB::Exception: ", ""));
    }

    /** ClickHouse's own number for the error. */
    int code() {
        return code;
    }

    /** The text that clients of the HTTP interface look for. */
    String report() {
        return "Code: " + code + ". DB::Exception: " + getMessage() + "\n";
    }
}
