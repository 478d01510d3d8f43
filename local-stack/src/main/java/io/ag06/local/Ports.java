package io.ag06.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
public final class Ports {
    private Ports() {}

    /** The port if nobody listens on it, or any free one for 0. */
    public static int claim(int port, String purpose) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException(
                    "Port %d, meant for %s, is taken; stop what listens there or choose another port (0: any free one)"
                            .formatted(port, purpose),
                    e);
        }
    }
}
