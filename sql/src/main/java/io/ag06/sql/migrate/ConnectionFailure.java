package io.ag06.sql.migrate;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;

/** Why a first talk with the server failed, as far as it matters to what a person does next. */
enum ConnectionFailure {
    UNREACHABLE("can't be reached", "Start it, or give the URL of one that runs (its HTTP port, 8123 by default)."),
    WRONG_PASSWORD("refuses the user", "Check the user's name and password."),
    NOT_ALLOWED("does not let the user do this", "Grant the right, or let an administrator create the database."),
    OTHER("can't be used", "Put right what it names and try again.");

    /** ClickHouse's codes, ErrorCodes.cpp: AUTHENTICATION_FAILED and its older relatives. */
    private static final int UNKNOWN_USER = 192;

    private static final int WRONG_PASSWORD_CODE = 193;
    private static final int REQUIRED_PASSWORD = 194;
    private static final int AUTHENTICATION_FAILED = 516;
    private static final int ACCESS_DENIED = 497;

    private final String what;
    private final String remedy;

    ConnectionFailure(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    static ConnectionFailure of(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return UNREACHABLE;
            }
            if (cause instanceof SQLException refusal) {
                switch (refusal.getErrorCode()) {
                    case UNKNOWN_USER, WRONG_PASSWORD_CODE, REQUIRED_PASSWORD, AUTHENTICATION_FAILED -> {
                        return WRONG_PASSWORD;
                    }
                    case ACCESS_DENIED -> {
                        return NOT_ALLOWED;
                    }
                    default -> {
                        // The cause may tell more.
                    }
                }
            }
        }
        return OTHER;
    }

    String describe(URI url, String user, String said) {
        return "ClickHouse at " + url + " " + what + " (user " + user + "): " + said + ". " + remedy;
    }
}
