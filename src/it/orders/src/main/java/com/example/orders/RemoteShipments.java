package com.example.orders;

import dev.pushwire.client.PushClient;
import java.net.URI;
import java.util.function.Consumer;

/** Follows the shipments of another service, for as long as both exist. */
class RemoteShipments implements AutoCloseable {
    private final PushClient client;

    RemoteShipments(URI service, Consumer<String> listener, Runnable reload) {
        client = PushClient.of(service).connect(); // .token(() -> fetchToken()) before, where one is needed
        client.subscribe("shipments.ada", message -> listener.accept(message.text())).onReset(reload);
    }

    @Override
    public void close() {
        client.close();
    }
}
