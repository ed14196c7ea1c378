package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the service stops: it says goodbye to everybody first. */
class ShutdownServiceTest {
    private static final int GOING_AWAY = CloseCode.GOING_AWAY;

    private final RunningService service = RunningService.start("pushwire.websocket.close-timeout=3s");

    @ParameterizedTest
    @EnumSource
    void openConnectionsAreToldAndTheirEndpointsToo(Execution execution) throws Exception {
        Probe probe = Probe.on(execution);
        try (RawClient client = RawClient.open(service, probe.path());
                RawClient subscriber = RawClient.open(service, "/topics/news")) {
            probe.assertOpened();
            Thread stopping = Thread.startVirtualThread(service::close);
            client.assertCloseReceived(GOING_AWAY);
            subscriber.assertCloseReceived(GOING_AWAY);
            client.send(ClientFrames.close(GOING_AWAY, ""));
            subscriber.send(ClientFrames.close(GOING_AWAY, ""));
            client.assertEndOfStream();
            subscriber.assertEndOfStream();
            client.finish();
            subscriber.finish();
            probe.assertClosed(GOING_AWAY);
            stopping.join();
        }
        assertThatThrownBy(() -> RawClient.connect(service)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatWasSentBeforeArrivesBeforeTheGoodbye() throws Exception {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (RawClient client = RawClient.open(service, probe.path())) {
            probe.assertOpened();
            for (int i = 0; i < 500; i++) {
                probe.session().send("message " + i);
            }
            Thread stopping = Thread.startVirtualThread(service::close);
            for (int i = 0; i < 500; i++) {
                client.assertText("message " + i);
            }
            client.assertCloseReceived(GOING_AWAY);
            client.send(ClientFrames.close(GOING_AWAY, ""));
            client.assertEndOfStream();
            client.finish();
            probe.assertClosed(GOING_AWAY);
            stopping.join();
        }
    }

    @Test
    void nobodyIsLetInMeanwhileAndWhoNeverAnswersIsLeft() throws Exception {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        try (RawClient silent = RawClient.open(service, probe.path());
                RawClient late = RawClient.connect(service)) {
            probe.assertOpened();
            Thread stopping = Thread.startVirtualThread(service::close);
            silent.assertCloseReceived(GOING_AWAY);

            HttpReply reply = late.ask(HandshakeText.of("/echo"));
            reply.assertRefused(503, "about to stop");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.header("Connection")).isEqualTo("close");
            late.assertEndOfStream();

            silent.assertEndOfStream();
            probe.assertLost();
            stopping.join();
        }
    }

    /** So that the next request of whoever keeps connections goes to another instance. */
    @Test
    void everyAnswerMeanwhileIsTheLastOnItsConnection() {
        HandshakeText get = HandshakeText.of("/topics/news").without("Upgrade").without("Connection");
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(get).header("Connection")).isEmpty();
            service.bean(ConnectionRegistry.class).drain();
            assertThat(client.ask(get).header("Connection")).isEqualTo("close");
            client.assertEndOfStream();
        }
        for (String path :
                List.of("/", "/actuator/health/liveness", "/none", "/topics/a..b", "/echo", "/topics/a%2fb")) {
            try (RawClient client = RawClient.connect(service)) {
                HttpReply reply = client.ask(get.requestLine("GET " + path + " HTTP/1.1"));
                assertThat(reply.header("Connection")).as(path).contains("close");
                client.assertEndOfStream();
            }
        }
        service.close();
    }

    @Test
    void anEndpointThatIsBusyWithItsLastMessageHoldsUpNobody() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onText((session, text) -> goOn.await());
        try (RawClient client = RawClient.open(service, probe.path())) {
            client.sendText("takes long");
            probe.assertOpened();
            probe.assertText("takes long");
            Thread stopping = Thread.startVirtualThread(service::close);
            client.assertCloseReceived(GOING_AWAY);
            client.send(ClientFrames.close(GOING_AWAY, ""));
            client.assertEndOfStream();
            client.finish();
            stopping.join();
            goOn.countDown();
            probe.assertClosed(GOING_AWAY);
        }
    }

    @Test
    void noThreadStaysBehind() {
        RunningService another = RunningService.start();
        long before = loopThreads();
        another.close();
        await().until(() -> loopThreads() < before);
        service.close();
        await().until(() -> loopThreads() < before - 1);
    }

    private static long loopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pushwire-loop-"))
                .count();
    }
}
