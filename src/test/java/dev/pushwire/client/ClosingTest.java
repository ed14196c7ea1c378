package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a client that is closed. */
class ClosingTest {
    private static final URI NOWHERE = URI.create("ws://localhost:1/push");

    @Test
    void noListenerIsCalledAfterIt() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = HttpClient.newBuilder().executor(threads).build()) {
            PushClient client = PushClient.of(service.push()).http(http).connect();
            client.subscribe("news", message -> {
                received.add(message.text());
                client.close();
                closed.countDown();
            });
            client.subscribe("news", message -> received.add("another: " + message.text()));
            ScriptedService.Peer peer = service.awaitClient();
            long id = peer.awaitCommand("subscribe").path("id").asLong();
            peer.say(
                    "{'type':'subscribed','id':" + id + ",'topic':'news','epoch':'e','offset':0,'recovered':true}",
                    "{'type':'publication','topic':'news','epoch':'e','offset':1,'data':'1'}",
                    "{'type':'publication','topic':'news','epoch':'e','offset':2,'data':'2'}");
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        } // here the threads that hand on what has come are done
        assertThat(received).containsExactly("1");
    }

    @Test
    void nobodyWaitsForASubscriptionThatWillNotBegin() {
        PushClient client = PushClient.of(NOWHERE).connect();
        PushSubscription before = client.subscribe("news", message -> {});
        client.close();
        for (PushSubscription each : List.of(before, client.subscribe("other", message -> {}))) {
            assertThat(each.ready()).isDone();
            assertThatThrownBy(each.ready()::join)
                    .hasCauseInstanceOf(PushException.class)
                    .hasMessageContaining("closed");
        }
    }
}
