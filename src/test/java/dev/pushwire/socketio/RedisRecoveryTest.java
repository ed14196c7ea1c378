package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.redis.RedisClusterBus;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, and a real Redis between them. */
class RedisRecoveryTest extends RecoveryContract {
    @TempDir
    private static Path folder;

    private static RedisNodes all;

    @BeforeAll
    static void start() {
        all = new RedisNodes(folder);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    @Override
    List<TestServer> nodes() {
        return all.nodes;
    }

    @Test
    void whatANodeLeavesIsTakenOnceAndNotForEver() {
        ClusterBus one = all.nodes.get(0).nodes.bus();
        ClusterBus two = all.nodes.get(1).nodes.bus();
        one.keep(Map.of("a", new byte[] {1, 0, -1}, "b", new byte[0]), Duration.ofMinutes(1));
        one.keep(Map.of("short", new byte[] {1}), Duration.ofMillis(1));
        assertThat(two.take("a")).containsExactly(1, 0, -1);
        assertThat(two.take("a")).isNull();
        assertThat(two.take("b")).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> two.take("short") == null);
    }

    @Test
    void whatANodeLeavesBehindIsFoundByTheOthers() {
        TestServer leaving = all.add("four");
        TestServer.TestClient client = leaving.open();
        client.send("40" + name + ",");
        String pid = client.awaitStart("40" + name).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        Socket socket = leaving.served.socketOf(client.session);
        socket.join("r");
        socket.emit("p", 1);
        client.cut();
        leaving.server.handOver();
        ((RedisClusterBus) leaving.nodes.bus()).close();
        all.nodes.get(1).io.of(name).to("r").emit("a");
        Client back = new Client();
        back.pid = pid;
        back.connect(2);
        assertThat(back.socket().recovered()).isTrue();
        back.awaitEvents("[\"p\",1", "[\"a\"");
        assertThat(back.id()).isEqualTo(socket.id());
    }

    /** The node is asked when it has given the socket up, and the broker does not have it yet. */
    @Test
    void whatIsJustBeingLeftBehindIsWaitedFor() throws Exception {
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        TestServer leaving = all.add("five", bus -> keeping(bus, given, asked), NodeSearches.UNLIMITED);
        TestServer.TestClient client = leaving.open();
        client.send("40" + name + ",");
        String pid = client.awaitStart("40" + name).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        client.cut();
        Thread handOver = Thread.startVirtualThread(leaving.server::handOver);
        given.await();
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(asked::countDown);
        Client back = new Client();
        back.pid = pid;
        back.connect(2);
        assertThat(back.socket().recovered()).isTrue();
        handOver.join();
    }

    /** Its secret names the node that it was on at first. Where it has been since, only a search tells. */
    @Test
    void aClientThatHadTooManySearchesMadeInVainBeginsAnew() {
        AtomicInteger left = new AtomicInteger(2);
        Client moved = new Client().connect(0);
        moved.cut();
        moved.connect(1);
        assertThat(moved.socket().recovered()).isTrue();
        moved.cut();
        TestServer cautious = all.add("six", bus -> bus, searches(left));
        for (int i = 0; i < 2; i++) {
            assertThat(recovers(cautious, "one-madeUp" + i)).isFalse();
        }
        assertThat(left).hasValue(0);
        assertThat(recovers(cautious, moved.pid)).isFalse();
        left.set(1);
        assertThat(recovers(cautious, moved.pid)).isTrue();
        assertThat(left).as("a search that finds something takes none").hasValue(1);
    }

    private boolean recovers(TestServer node, String pid) {
        TestServer.TestClient client = node.open();
        client.send("40" + name + ",{\"pid\":\"" + pid + "\"}");
        client.awaitStart("40" + name);
        return node.served.socketOf(client.session).recovered();
    }

    private static NodeSearches searches(AtomicInteger left) {
        return new NodeSearches() {
            @Override
            public boolean allows(String remoteAddress) {
                return left.get() > 0;
            }

            @Override
            public void foundNothing(String remoteAddress) {
                left.decrementAndGet();
            }
        };
    }

    /** A bus that is slow to keep what it is given. */
    private static ClusterBus keeping(ClusterBus bus, CountDownLatch given, CountDownLatch until) {
        return (ClusterBus) Proxy.newProxyInstance(
                ClusterBus.class.getClassLoader(), new Class<?>[] {ClusterBus.class}, (_, method, arguments) -> {
                    if (method.getName().equals("keep")) {
                        given.countDown();
                        until.await();
                    }
                    return method.invoke(bus, arguments);
                });
    }
}
