package dev.pushwire.push;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that are connected to this node, through any door. Thread-safe. */
public final class OpenClients {
    private final Set<ClientSession> all = ConcurrentHashMap.newKeySet();

    void add(ClientSession client) {
        all.add(client);
    }

    void remove(ClientSession client) {
        all.remove(client);
    }

    /** The clients of one principal. The method looks at all clients of the node. */
    public List<ClientSession> of(String principal) {
        return all.stream().filter(client -> isOf(principal, client)).toList();
    }

    private static boolean isOf(String principal, ClientSession client) {
        Principal who = client.principal();
        return who != null && who.getName().equals(principal);
    }
}
