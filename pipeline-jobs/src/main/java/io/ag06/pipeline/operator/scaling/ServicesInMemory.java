package io.ag06.pipeline.operator.scaling;

import io.ag06.analytics.scaling.service.ServiceScaling;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The services that were asked for last, ready to go on: to read one from the state and to write it back takes longer
 * than what is done in a minute's end. Whatever is changed in here has to be stored before a checkpoint.
 */
final class ServicesInMemory {
    private final int most;
    private final Store store;
    private final Map<String, ServiceScaling> services = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> changed = new HashSet<>();

    /** Where services are kept that are not in memory. */
    interface Store {
        void put(String service, ServiceScaling state) throws Exception;
    }

    /** @param most how many services are held, at least 1; of more the one that was asked for longest ago is stored */
    ServicesInMemory(int most, Store store) {
        this.most = most;
        this.store = store;
    }

    /** A service, or null where it is not in memory. */
    ServiceScaling get(String service) {
        return services.get(service);
    }

    /** Holds a service that is stored as it is. */
    void hold(String service, ServiceScaling state) throws Exception {
        services.put(service, state);
        if (services.size() > most) {
            String eldest = services.keySet().iterator().next();
            ServiceScaling given = services.remove(eldest);
            if (changed.remove(eldest)) {
                store.put(eldest, given);
            }
        }
    }

    /** A service that is held is another by now than what is stored. */
    void change(String service) {
        changed.add(service);
    }

    void forget(String service) {
        services.remove(service);
        changed.remove(service);
    }

    /** Stores whatever was changed. */
    void storeAll() throws Exception {
        for (Map.Entry<String, ServiceScaling> service : services.entrySet()) {
            if (changed.contains(service.getKey())) {
                store.put(service.getKey(), service.getValue());
            }
        }
        changed.clear();
    }
}
