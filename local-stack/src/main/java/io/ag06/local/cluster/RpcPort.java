package io.ag06.local.cluster;

/**
 * A port over which Flink's processes speak to each other, on the loopback interface. The two differ where something
 * stands in between, as a proxy that cuts the connection for a test.
 *
 * @param bound where the process listens
 * @param advertised where the others are told to find it
 */
public record RpcPort(int bound, int advertised) {
    /** Nothing stands in between. */
    public static RpcPort direct(int port) {
        return new RpcPort(port, port);
    }
}
