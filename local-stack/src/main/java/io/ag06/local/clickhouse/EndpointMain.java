package io.ag06.local.clickhouse;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The process of the embedded ClickHouse. {@link LocalClickHouse} starts it, reads one line of its standard output
 * (where it listens, or why it doesn't) and holds its standard input open: when that ends, this process does too, so
 * that nobody's death leaves the data locked.
 */
public final class EndpointMain {
    /** Followed by the port. */
    static final String LISTENING = "listening ";
    /** Followed by the reason, in one line. */
    static final String FAILED = "failed ";

    private EndpointMain() {}

    /**
     * Serves until the parent ends.
     *
     * @param arguments as {@code EndpointSettings} writes them
     */
    public static void main(String[] arguments) {
        // Standard output is for the one line; whatever else prints goes to the log.
        var parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        System.exit(run(List.of(arguments), parent));
    }

    private static int run(List<String> arguments, PrintStream parent) {
        try {
            var endpoint = Endpoint.open(EndpointSettings.read(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(endpoint::close, "close"));
            parent.println(LISTENING + endpoint.port());
            waitForParentsEnd();
            return 0;
        } catch (LocalClickHouseException | IllegalArgumentException | IOException e) {
            e.printStackTrace();
            parent.println(FAILED + oneLine(e));
            return 1;
        }
    }

    private static void waitForParentsEnd() throws IOException {
        byte[] nothing = new byte[16];
        int read = 0;
        while (read >= 0) {
            read = System.in.read(nothing);
        }
    }

    private static String oneLine(Exception e) {
        String message = e instanceof IOException ? e.toString() : e.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
