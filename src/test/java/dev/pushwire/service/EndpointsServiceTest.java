package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bean with {@code @EndpointMapping} gets to know and can do. */
class EndpointsServiceTest {
    private final RunningService service = RunningService.with();

    @ParameterizedTest
    @EnumSource
    void knowsTheRequestThatItsConnectionBeganWith(Execution execution) {
        Probe probe = Probe.on(execution);
        HandshakeText request = HandshakeText.of(
                        probe.path() + "/caf%C3%A9%20au+lait?q=a%20b+c&q=second&empty=&%C3%BC=%3D")
                .and("X-Team: red", "x-team: blue, green", "Sec-WebSocket-Protocol: v0.probe, v1.probe");
        try (RawClient client = RawClient.connect(service).upgrade(request)) {
            probe.assertOpened();
            assertThat(probe.handshake().path()).isEqualTo(probe.path() + "/café au+lait");
            assertThat(probe.handshake().pathVariables()).containsEntry("more", "café au+lait");
            assertThat(probe.handshake().queryParameter("q")).isEqualTo("a b c");
            assertThat(probe.handshake().queryParameter("empty")).isEmpty();
            assertThat(probe.handshake().queryParameter("ü")).isEqualTo("=");
            assertThat(probe.handshake().queryParameter("absent")).isNull();
            assertThat(probe.handshake().header("X-TEAM")).isEqualTo("red");
            assertThat(probe.handshake().headers("X-Team")).containsExactly("red", "blue, green");
            assertThat(probe.handshake().header("X-Absent")).isNull();
            assertThat(probe.handshake().offeredSubprotocols()).containsExactly("v0.probe", "v1.probe");
            assertThat(probe.handshake().principal()).isNull();
            assertThat(probe.handshake().remoteAddress()).isEqualTo("127.0.0.1");
            client.sendText("the request lives on");
            probe.assertText("the request lives on");
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsItsSession(Execution execution) {
        Probe probe = Probe.on(execution);
        HandshakeText request = HandshakeText.of(probe.path() + "/red")
                .and("Sec-WebSocket-Protocol: v1.probe", TestBeans.USER_HEADER + ": alice");
        try (RawClient client = RawClient.connect(service).upgrade(request)) {
            probe.assertOpened();
            assertThat(probe.session().principal().getName()).isEqualTo("alice");
            assertThat(probe.handshake().principal().getName()).isEqualTo("alice");
            assertThat(probe.session().subprotocol()).isEqualTo("v1.probe");
            assertThat(probe.session().pathVariables()).containsEntry("more", "red");
            assertThat(probe.session().remoteAddress()).isEqualTo("127.0.0.1");
            assertThat(probe.session().isOpen()).isTrue();
            probe.session().attributes().put("key", "value");
            assertThat(probe.session().attributes()).isEqualTo(Map.of("key", "value"));
            client.finish();
            probe.assertLost();
            assertThat(probe.session().isOpen()).isFalse();
            assertThat(probe.session().remoteAddress())
                    .as("whose connection it was")
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void eachSessionHasAnIdOfItsOwn() {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        Set<String> ids = ConcurrentHashMap.newKeySet();
        probe.onOpen(session -> ids.add(session.id()));
        for (int i = 0; i < 10; i++) {
            RawClient.open(service, probe.path()).close();
            probe.assertOpened();
            probe.assertLost();
        }
        assertThat(ids).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void sendsFromItsCallbacksAndFromAnyThread(Execution execution) {
        OutboundMessage both = OutboundMessage.text("to many");
        Probe probe = Probe.on(execution).onText((session, text) -> {
            session.send("you said " + text);
            session.send(ByteBuffer.wrap(ClientFrames.hex("00 ff")));
            session.send(both);
            session.offer(both);
        });
        try (RawClient client = RawClient.open(service, probe.path())) {
            client.sendText("hello");
            client.assertText("you said hello");
            client.assertFrameReceived(Opcode.BINARY, ClientFrames.hex("00 ff"));
            client.assertText("to many");
            client.assertText("to many");

            probe.session().send("from outside");
            assertThat(probe.session().offer(both)).isTrue();
            client.assertText("from outside");
            client.assertText("to many");
        }
    }

    @Test
    void getsTheMessagesOfAConnectionOneAfterTheOtherOnAVirtualThread() {
        Set<Thread> within = ConcurrentHashMap.newKeySet();
        Set<String> overlaps = ConcurrentHashMap.newKeySet();
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onText((session, text) -> {
            within.add(Thread.currentThread());
            if (within.size() > 1 || !Thread.currentThread().isVirtual()) {
                overlaps.add(text);
            }
            Thread.yield();
            within.remove(Thread.currentThread());
        });
        try (RawClient client = RawClient.open(service, probe.path())) {
            probe.assertOpened();
            for (int i = 0; i < 2_000; i++) {
                client.sendText("message " + i);
            }
            for (int i = 0; i < 2_000; i++) {
                probe.assertText("message " + i);
            }
            assertThat(overlaps).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayRefuseTheHandshake(Execution execution) {
        Probe probe = Probe.on(execution).onHandshake(request -> {
            if (!"letmein".equals(request.queryParameter("token"))) {
                throw new HandshakeRefusedException(401, "A token is needed.");
            }
        });
        try (RawClient client = RawClient.connect(service)) {
            client.ask(HandshakeText.of(probe.path())).assertRefused(401, "A token is needed.");
            client.upgrade(HandshakeText.of(probe.path() + "?token=letmein"));
            probe.assertOpened();
        }
    }

    @Test
    void whichFailsBeforeItAnswersLeavesNothingBehind() {
        Probe probe = Probe.on(Execution.EVENT_LOOP).onHandshake(request -> {
            throw new OnPurposeException();
        });
        ConnectionRegistry registry = service.bean(ConnectionRegistry.class);
        await().until(() -> registry.size() == service.openConnections());
        int before = registry.size();
        try (RawClient client = RawClient.connect(service)) {
            HttpReply reply = client.ask(HandshakeText.of(probe.path()));
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).doesNotContain(OnPurposeException.SECRET);
        }
        assertThat(registry.size()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void withoutUseForAKindOfMessageSaysSo(Execution execution) {
        for (byte[] message : List.of(ClientFrames.text("hello"), ClientFrames.binary(new byte[1]))) {
            try (RawClient client = RawClient.open(service, "/topics/news")) {
                client.send(message);
                client.assertCloseReceived(1003);
                client.send(ClientFrames.close(1003, ""));
                client.assertEndOfStream();
            }
        }
    }
}
