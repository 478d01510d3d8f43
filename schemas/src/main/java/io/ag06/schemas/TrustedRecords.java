package io.ag06.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes of this package may be created while decoding.
 *
 * <p>Avro 1.12 instantiates only trusted classes, and trusts none of ours by itself. The usual way is a JVM flag
 * ({@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.ag06.schemas}); whoever forgets it has producers that look healthy
 * and consumers that fail on the first record. So every door into this package calls {@link #trust} first.
 */
final class TrustedRecords {
    private static final String PACKAGE = TrustedRecords.class.getPackageName() + ".";

    static {
        var before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(before, type -> type.getName().startsWith(PACKAGE)));
    }

    private TrustedRecords() {}

    /** Adds our records to what Avro trusts already; once per class loader, however often it is called. */
    static void trust() {
        // The work is done by the static initialiser, which the JVM runs exactly once.
    }
}
