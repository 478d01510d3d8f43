package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ag06.local.chaos.TcpProxy.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(server.getLocalPort());
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void everythingPassesBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo("hello", client)).isEqualTo("hello");
            assertThat(answerTo("again", client)).isEqualTo("again");
        }
    }

    @Test
    void whatIsHeldPassesLater() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo("hello", client)).isEqualTo("hello");
            proxy.set(Traffic.HELD);
            client.setSoTimeout(300);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> answerTo("later", client));

            proxy.set(Traffic.FLOWS);

            client.setSoTimeout(10_000);
            assertThat(read(client, 5)).isEqualTo("later");
        }
    }

    @Test
    void aConnectionMadeWhileNothingPassesIsMadeLater() throws IOException {
        proxy.set(Traffic.HELD);
        try (Socket client = connect()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return answerTo("hello", client);
                } catch (IOException e) {
                    return e.toString();
                }
            });
            proxy.set(Traffic.FLOWS);

            assertThat(answer.join()).isEqualTo("hello");
        }
    }

    @Test
    void aBrokenNetworkResetsConnectionsAndRefusesNewOnes() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo("hello", client)).isEqualTo("hello");

            proxy.set(Traffic.BROKEN);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> answerTo("anybody", client));
        }
        await().atMost(Duration.ofSeconds(10)).until(this::isRefused);
        proxy.set(Traffic.FLOWS);
        try (Socket client = connect()) {
            assertThat(answerTo("hello", client)).isEqualTo("hello");
        }
    }

    @Test
    void aServerThatIsAwayIsSeenToBeAway() throws IOException {
        server.close();

        await().atMost(Duration.ofSeconds(10)).until(this::isRefused);
    }

    @Test
    void whoWatchesSeesWhatPassesAndMayKeepAnAnswerBack() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        proxy.watchedBy(new TcpProxy.Tap() {
            @Override
            public void sent(TcpProxy.Connection on, byte[] bytes, int length) {
                sent.addAndGet(length);
            }

            @Override
            public boolean answered(TcpProxy.Connection on, byte[] bytes, int length) {
                return false;
            }
        });
        try (Socket client = connect()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> answerTo("hello", client));
        }

        assertThat(sent).hasValue(5);
    }

    private boolean isRefused() {
        try (Socket client = connect()) {
            answerTo("hello", client);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(10_000);
        return client;
    }

    private static String answerTo(String text, Socket client) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return read(client, text.length());
    }

    private static String read(Socket client, int length) throws IOException {
        byte[] answer = client.getInputStream().readNBytes(length);
        if (answer.length < length) {
            throw new IOException("The connection was closed");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    private void echo() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // The next connection, if there is one.
            }
        }
    }
}
