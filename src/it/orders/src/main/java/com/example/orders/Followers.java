package com.example.orders;

import dev.pushwire.push.ClientEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows which connections of this node follow shipments. */
@Component
class Followers {
    private final Set<String> connections = ConcurrentHashMap.newKeySet();

    @EventListener
    void subscribed(ClientEvent.Subscribed event) {
        if (event.topic().startsWith("shipments.")) {
            connections.add(event.connection());
        }
    }

    @EventListener
    void disconnected(ClientEvent.Disconnected event) {
        connections.remove(event.connection());
    }

    int count() {
        return connections.size();
    }
}
