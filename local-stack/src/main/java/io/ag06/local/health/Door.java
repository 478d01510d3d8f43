package io.ag06.local.health;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Where the monitor listens, and who may ask. Elsewhere than on the loopback interface everybody needs the token.
 *
 * @param host address of the interface
 * @param port 0 for any free one
 * @param token what must be shown ({@code Authorization: Bearer TOKEN}); empty where everybody may ask
 */
public record Door(String host, int port, Optional<Token> token) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SCHEME = "Bearer ";

    public Door {
        requireNonNull(host, "host");
        requireNonNull(token, "token");
        if (token.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "The monitor asks for a token where it listens on %s; name the file that holds it with --token-file"
                            .formatted(host));
        }
    }

    /** For programs on this machine, without a token. */
    public static Door onLoopback(int port) {
        return new Door(LOOPBACK, port, Optional.empty());
    }

    /** Whether a request with this header is let in. */
    boolean lets(String authorization) {
        return token.isEmpty()
                || (authorization != null
                        && authorization.startsWith(SCHEME)
                        && token.get().is(authorization.substring(SCHEME.length())));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("There is no interface %s to listen on".formatted(host), e);
        }
    }

    /** A secret that is shown at the door. */
    public static final class Token {
        private final byte[] secret;

        private Token(String secret) {
            this.secret = secret.getBytes(StandardCharsets.UTF_8);
        }

        /** The token in a file. */
        public static Token in(Path file) throws IOException {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException("The file of the monitor's token is empty: " + file);
            }
            return new Token(text);
        }

        /** Takes as long for a wrong one. */
        boolean is(String shown) {
            return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "hidden";
        }
    }
}
