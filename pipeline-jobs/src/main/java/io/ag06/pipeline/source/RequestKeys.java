package io.ag06.pipeline.source;

import io.ag06.analytics.goldensignals.SignalsKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of requests, found by the bytes of their service, operation and region. Few of these make up most requests,
 * and they come again within the same bucket; so a key is made once and given out again, without a string or an object
 * for each request.
 *
 * <p>Bounded: where more than {@value #MOST} combinations came, it forgets all and begins anew.
 */
final class RequestKeys {
    private static final int MOST = 16_384;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Odd, without a pattern in its bits (from the golden ratio). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Entity[] entries = new Entity[2 * MOST];
    private int size;

    /**
     * The entity of a request.
     *
     * @param names where its names lie
     */
    Entity of(Names names) {
        long hash = names.hash();
        int at = (int) (hash >>> 32) & (entries.length - 1);
        while (entries[at] != null) {
            if (entries[at].hash == hash && entries[at].isOf(names)) {
                return entries[at];
            }
            at = (at + 1) & (entries.length - 1);
        }
        if (size == MOST) {
            Arrays.fill(entries, null);
            size = 0;
            at = (int) (hash >>> 32) & (entries.length - 1);
        }
        entries[at] = new Entity(size, hash, names);
        size++;
        return entries[at];
    }

    /**
     * Where the names of a request lie in its message. They stand side by side in every version, so they are looked up
     * in one piece; were something between them, it would be compared along, which is right but finds less.
     */
    static final class Names {
        private byte[] message;
        private int start;
        private int end;
        private int serviceLength;
        private int operationStart;
        private int operationLength;
        private int regionStart;

        /** Takes them from a scan of the message: the slots of the three fields, in the order they were written in. */
        void take(byte[] bytes, FieldScan scan, int service, int operation, int region) {
            message = bytes;
            start = scan.start(service);
            serviceLength = scan.length(service);
            operationStart = scan.start(operation);
            operationLength = scan.length(operation);
            regionStart = scan.start(region);
            end = regionStart + scan.length(region);
        }

        private long hash() {
            long hash = (long) end - start;
            int last = end - Long.BYTES;
            if (last < start) {
                for (int at = start; at < end; at++) {
                    hash = (hash ^ message[at]) * SPREAD;
                }
                return hash ^ (hash >>> 32);
            }
            for (int at = start; at < last; at += Long.BYTES) {
                hash = (hash ^ (long) LONG.get(message, at)) * SPREAD;
                hash ^= hash >>> 32;
            }
            hash = (hash ^ (long) LONG.get(message, last)) * SPREAD; // Some of them once more, which does no harm.
            return hash ^ (hash >>> 32);
        }

        private String text(int from, int to) {
            return new String(message, from, to - from, StandardCharsets.UTF_8);
        }
    }

    /** One combination of service, operation and region, with its newest key. */
    static final class Entity {
        private final int number;
        private final long hash;
        private final byte[] bytes;
        private final int serviceLength;
        private final int operationStart;
        private final int operationLength;
        private final int regionStart;
        private SignalsKey key;

        private Entity(int number, long hash, Names names) {
            this.number = number;
            this.hash = hash;
            this.bytes = Arrays.copyOfRange(names.message, names.start, names.end);
            this.serviceLength = names.serviceLength;
            this.operationStart = names.operationStart - names.start;
            this.operationLength = names.operationLength;
            this.regionStart = names.regionStart - names.start;
            this.key = new SignalsKey(
                    SignalsKey.SERVICE,
                    names.text(names.start, names.start + serviceLength),
                    names.text(names.operationStart, names.operationStart + operationLength),
                    names.text(names.regionStart, names.end),
                    0);
        }

        private boolean isOf(Names names) {
            return serviceLength == names.serviceLength
                    && operationStart == names.operationStart - names.start
                    && operationLength == names.operationLength
                    && regionStart == names.regionStart - names.start
                    && Arrays.equals(bytes, 0, bytes.length, names.message, names.start, names.end);
        }

        /** Its number among those that are kept, from 0. */
        int number() {
            return number;
        }

        /**
         * Its key in a bucket.
         *
         * @param bucketStart start of the bucket, seconds since the epoch
         */
        SignalsKey key(long bucketStart) {
            if (key.bucketStart() != bucketStart) {
                key = new SignalsKey(key.entityKind(), key.entityId(), key.operation(), key.region(), bucketStart);
            }
            return key;
        }
    }
}
