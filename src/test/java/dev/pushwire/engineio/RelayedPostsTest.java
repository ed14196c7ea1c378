package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.MemoryClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRoutes;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RelayedPostsTest {
    private static final NodeName SELF = new NodeName("n");

    private final ClusterListener nobody = (ClusterListener) Proxy.newProxyInstance(
            ClusterListener.class.getClassLoader(),
            new Class<?>[] {ClusterListener.class},
            (self, method, all) -> null);
    private final MemoryClusterBus bus =
            new MemoryClusterBus(SELF, nobody, Duration.ofHours(1), 10, InstantSource.system());

    /** The WebSocket stays open until its client has read the last packet, which may never happen. */
    @Test
    void ofASessionThatHasEndedAreNotKept() {
        SessionRoutes routes = new SessionRoutes(
                SELF, bus, "engine-io", (id, request) -> CompletableFuture.completedFuture(Refused.UNKNOWN));
        RelayedPosts posts = new RelayedPosts(routes, SessionId.random(SELF), () -> {});
        ByteBuffer message = ByteBuffer.allocate(1_000_000);
        posts.add(message, true);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            posts.add(message, true);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(message.capacity());
    }
}
