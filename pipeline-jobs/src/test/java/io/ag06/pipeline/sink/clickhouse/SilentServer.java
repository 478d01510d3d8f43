package io.ag06.pipeline.sink.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection on a port of loopback, reads nothing of what comes, and says nothing. */
final class SilentServer implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int PATIENCE_MILLIS = 5_000;

    private final ServerSocket server = new ServerSocket();
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    SilentServer() throws IOException {
        server.setReceiveBufferSize(BUFFER_BYTES);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::takeAll, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Returns when the other side has left every connection; fails where it holds on to one. */
    void awaitLeft() throws IOException {
        for (Socket socket : taken) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try (InputStream sent = socket.getInputStream()) {
                sent.transferTo(OutputStream.nullOutputStream());
            } catch (SocketException e) {
                // Reset: it did not wait for the rest to be read.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }

    private void takeAll() {
        try {
            while (true) {
                taken.add(server.accept());
            }
        } catch (IOException e) {
            // Closed.
        }
    }
}
