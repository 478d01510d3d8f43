package io.ag06.local;

/** The local stack can't do what was asked; the message is one line that says what, where and what to do. */
public final class StackException extends RuntimeException {
    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
