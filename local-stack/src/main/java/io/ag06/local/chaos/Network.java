package io.ag06.local.chaos;

import io.ag06.local.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every connection of the pipeline, by the two it joins. */
final class Network implements AutoCloseable {
    private final Map<Link, List<TcpProxy>> proxies = new EnumMap<>(Link.class);

    /**
     * Puts a proxy between two.
     *
     * @return the ports at which the server shall listen and its clients find it
     */
    Passage join(Link link) throws IOException {
        int bound = Ports.claim(0, link.words());
        TcpProxy proxy = TcpProxy.to(bound);
        proxies.computeIfAbsent(link, none -> new ArrayList<>()).add(proxy);
        return new Passage(bound, proxy.port());
    }

    /** Changes what the network between two does with what it is given. */
    void set(Link link, TcpProxy.Traffic traffic) {
        proxies.get(link).forEach(proxy -> proxy.set(traffic));
    }

    /** Lets somebody see what passes between two. */
    void watch(Link link, TcpProxy.Tap tap) {
        proxies.get(link).forEach(proxy -> proxy.watchedBy(tap));
    }

    @Override
    public void close() {
        proxies.values().forEach(all -> all.forEach(TcpProxy::close));
    }

    /**
     * A way with a proxy in it.
     *
     * @param bound where the server listens
     * @param entrance where its clients connect
     */
    record Passage(int bound, int entrance) {}
}
