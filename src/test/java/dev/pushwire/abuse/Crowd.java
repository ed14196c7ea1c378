package dev.pushwire.abuse;

import dev.pushwire.service.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Clients that all do the same. */
final class Crowd implements AutoCloseable {
    private final List<RawClient> clients = new ArrayList<>();

    /** Connects them one after the other. */
    static Crowd of(int size, Supplier<RawClient> client) {
        Crowd crowd = new Crowd();
        for (int i = 0; i < size; i++) {
            crowd.clients.add(client.get());
        }
        return crowd;
    }

    RawClient first() {
        return clients.getFirst();
    }

    void forEach(Consumer<RawClient> what) {
        clients.forEach(what);
    }

    /** Runs an action many times at once. */
    static void concurrently(int size, Callable<?> what) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                all.add(threads.submit(what));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
    }
}
