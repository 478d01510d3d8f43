package io.ag06.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a client and a server on the loopback interface, and is the network between them: it lets everything
 * pass, or slowly, or nothing, or breaks every connection.
 */
final class TcpProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
    private static final int CHUNK = 16 * 1024;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Traffic traffic = Traffic.FLOWS;
    private volatile Tap tap = Tap.NOTHING;

    private TcpProxy(ServerSocket listening, int target, ExecutorService threads) {
        this.listening = listening;
        this.target = target;
        this.threads = threads;
    }

    /**
     * Starts to listen on any free port.
     *
     * @param target where the server listens, or will listen
     */
    static TcpProxy to(int target) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "proxy to " + target);
            thread.setDaemon(true);
            return thread;
        });
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target, threads);
        threads.execute(proxy::accept);
        return proxy;
    }

    /** Where clients connect. */
    int port() {
        return listening.getLocalPort();
    }

    /** Changes the weather, for connections that are open and for those to come. */
    void set(Traffic next) {
        traffic = next;
        if (next == Traffic.BROKEN) {
            open.forEach(TcpProxy::reset);
        }
    }

    /** Lets somebody see what passes. */
    void watchedBy(Tap next) {
        tap = next;
    }

    @Override
    public void close() {
        traffic = Traffic.BROKEN;
        closeQuietly(listening);
        open.forEach(TcpProxy::reset);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                LOG.debug("The proxy to {} takes no more connections", target, e);
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitPassage();
            if (traffic == Traffic.BROKEN) {
                reset(client);
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Connection connection = new Connection(client, server);
            threads.execute(() -> connection.carry(true));
            connection.carry(false);
        } catch (IOException e) {
            reset(client); // The server is away, and that is what the client shall see.
        }
    }

    /** Waits while nothing passes. */
    private void awaitPassage() {
        while (traffic == Traffic.HELD) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0); // Close with a reset: the other side learns of it at once.
        } catch (SocketException e) {
            LOG.debug("A connection is closed already", e);
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) { // What AutoCloseable declares.
            LOG.debug("A socket is closed already", e);
        }
    }

    /** What the network does with what it is given. */
    enum Traffic {
        /** Everything passes at once. */
        FLOWS,
        /** Every 16 KiB take a tenth of a second. */
        SLOW,
        /** Nothing passes, and nobody is told; it passes later. */
        HELD,
        /** Connections are reset, and new ones refused. */
        BROKEN
    }

    /** Sees what passes, on the thread that carries it. */
    interface Tap {
        Tap NOTHING = new Tap() {};

        /** What a client sends, before it goes on. */
        default void sent(Connection on, byte[] bytes, int length) {}

        /** What a server answers; whether it goes on. */
        default boolean answered(Connection on, byte[] bytes, int length) {
            return true;
        }
    }

    /** A client's connection and the one to the server that belongs to it. */
    final class Connection {
        private final Socket client;
        private final Socket server;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void carry(boolean toServer) {
            byte[] chunk = new byte[CHUNK];
            try (InputStream in = (toServer ? client : server).getInputStream();
                    OutputStream out = (toServer ? server : client).getOutputStream()) {
                int length = in.read(chunk);
                while (length >= 0) {
                    awaitPassage();
                    if (traffic == Traffic.SLOW) {
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    }
                    if (toServer) {
                        tap.sent(this, chunk, length);
                    } else if (!tap.answered(this, chunk, length)) {
                        break;
                    }
                    out.write(chunk, 0, length);
                    length = in.read(chunk);
                }
            } catch (IOException e) {
                LOG.debug("A connection through the proxy to {} ended", target, e);
            } finally {
                end();
            }
        }

        private void end() {
            for (Socket socket : new Socket[] {client, server}) {
                open.remove(socket);
                reset(socket);
            }
        }
    }
}
