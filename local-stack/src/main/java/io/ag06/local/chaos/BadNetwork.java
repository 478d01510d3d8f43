package io.ag06.local.chaos;

import io.ag06.local.chaos.TcpProxy.Traffic;

/** Two lose each other for a while, or hear each other slowly. */
record BadNetwork(Network network, Link link, Traffic traffic) implements Fault {
    @Override
    public String words() {
        return switch (traffic) {
            case BROKEN -> "%s: connections reset".formatted(link.words());
            case HELD -> "%s: nothing passes".formatted(link.words());
            default -> link.words();
        };
    }

    @Override
    public void strike() {
        network.set(link, traffic);
    }

    @Override
    public void mend() {
        network.set(link, Traffic.FLOWS);
    }
}
