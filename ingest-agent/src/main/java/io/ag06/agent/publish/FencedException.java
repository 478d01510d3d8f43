package io.ag06.agent.publish;

/** Another live program publishes under the same name. Going on would mean that the two fence each other for ever. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FencedException(String name, Throwable cause) {
        super(
                "another agent publishes as " + name + ": this one stops; give each its own --device-id. What it had"
                        + " not published yet stays in its spool",
                cause);
    }
}
