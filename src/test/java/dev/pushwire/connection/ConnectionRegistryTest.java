package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectionRegistryTest {
    private final ConnectionRegistry registry = new ConnectionRegistry(2);

    @Test
    void givesAsManyPlacesAsThereAre() {
        assertThat(registry.enter()).isEqualTo(Availability.OPEN);
        assertThat(registry.enter()).isEqualTo(Availability.OPEN);
        assertThat(registry.enter()).isEqualTo(Availability.FULL);
        assertThat(registry.size()).isEqualTo(2);
        assertThat(registry.maxConnections()).isEqualTo(2);
    }

    @Test
    void aPlaceGivenBackIsFree() {
        registry.enter();
        registry.enter();
        registry.leave();
        assertThat(registry.enter()).isEqualTo(Availability.OPEN);
    }

    @Test
    void givesNoPlaceWhileDraining() {
        registry.enter();
        assertThat(registry.draining()).isFalse();
        registry.drain();
        assertThat(registry.draining()).isTrue();
        assertThat(registry.enter()).isEqualTo(Availability.DRAINING);
        assertThat(registry.size()).isEqualTo(1);
        registry.leave();
        assertThat(registry.size()).isZero();
    }

    /** An eighth of the memory is left for what waits. */
    @Test
    void givesNoMorePlacesThanTheHeapHolds() {
        ClientMemory memory = new ClientMemory(800);
        ConnectionRegistry narrow = new ConnectionRegistry(100, memory, 100);
        for (int i = 0; i < 7; i++) {
            assertThat(narrow.shortOfMemory()).isFalse();
            assertThat(narrow.enter()).isEqualTo(Availability.OPEN);
        }
        assertThat(memory.held()).isEqualTo(700);
        assertThat(narrow.shortOfMemory()).isTrue();
        assertThat(narrow.enter()).isEqualTo(Availability.SHORT_OF_MEMORY);
        assertThat(narrow.size()).isEqualTo(7);
        narrow.leave();
        assertThat(memory.held()).isEqualTo(600);
        assertThat(narrow.enter()).isEqualTo(Availability.OPEN);
    }

    @Test
    void whatIsHeldForClientsShutsNobodyOut() {
        ClientMemory memory = new ClientMemory(800);
        memory.add(790);
        assertThat(new ConnectionRegistry(100, memory, 100).enter()).isEqualTo(Availability.OPEN);
    }

    @Test
    @Timeout(60)
    void neverGivesMorePlacesThanThereAre() throws Exception {
        int threads = 4;
        AtomicInteger inside = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    int most = 0;
                    for (int round = 0; round < 20_000; round++) {
                        if (registry.enter() == Availability.OPEN) {
                            most = Math.max(most, inside.incrementAndGet());
                            inside.decrementAndGet();
                            registry.leave();
                        }
                    }
                    return most;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isLessThanOrEqualTo(2);
            }
        }
        assertThat(registry.size()).isZero();
    }
}
