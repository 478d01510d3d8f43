package io.ag06.local.clickhouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The one user of the endpoint and the password, which is drawn once and kept in a file that only its owner reads. */
final class Credentials {
    /** The engine has no other user. */
    static final String USER = "default";

    private static final int PASSWORD_BYTES = 24;

    private final byte[] password;

    private Credentials(String password) {
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the password; draws it where there is none yet. */
    static Credentials in(Path passwordFile) throws IOException {
        try {
            return new Credentials(Files.readString(passwordFile).strip());
        } catch (NoSuchFileException e) {
            return new Credentials(draw(passwordFile));
        }
    }

    private static String draw(Path passwordFile) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path directory = passwordFile.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(directory, ".password", ".tmp", ownerOnly);
        Files.writeString(draft, password + "\n");
        Files.move(draft, passwordFile, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    /** Whether this is the user and the password; takes as long for a wrong one. */
    boolean match(String user, String candidate) {
        boolean passwordFits = MessageDigest.isEqual(password, candidate.getBytes(StandardCharsets.UTF_8));
        return USER.equals(user) && passwordFits;
    }

    /** For the one place that must hand it on: a server's configuration, as a hash. */
    String password() {
        return new String(password, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + USER + ", password hidden]";
    }
}
