package dev.pushwire.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordingSessionTest {
    private static final OutboundMessage MESSAGE = OutboundMessage.text("message");

    private final RecordingSession session = new RecordingSession();

    @Test
    void keepsWhatItIsSentInOrder() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {9, 0, -1, 9}, 1, 2);
        session.send("one");
        session.send(data);
        session.send(new TestText("zwölf"));
        session.send(MESSAGE);
        assertThat(session.offer(MESSAGE)).isTrue();

        assertThat(session.sent()).extracting(OutboundMessage::isText).containsExactly(true, false, true, true, true);
        assertThat(session.sent()).endsWith(MESSAGE, MESSAGE);
        assertThat(session.texts()).containsExactly("one", "zwölf", "message", "message");
        assertThat(session.binaries()).containsExactly(ByteBuffer.wrap(new byte[] {0, -1}));
        assertThat(data.remaining()).isEqualTo(2); // not consumed

        session.clear();
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void keepsTheMessagesOfAUnit() {
        session.send(OutboundMessage.unit(List.of(OutboundMessage.text("one"), OutboundMessage.text("two"))));
        assertThat(session.texts()).containsExactly("one", "two");
    }

    @Test
    void keepsItsHeartbeat() {
        Heartbeat heartbeat = Heartbeat.whenQuiet(Duration.ofSeconds(1), OutboundMessage.text("-"));
        session.heartbeat(heartbeat);
        assertThat(session.heartbeat()).isSameAs(heartbeat);
        session.heartbeat(null);
        assertThat(session.heartbeat()).isNull();
    }

    @Test
    void ignoresWhatIsSentAfterItClosed() {
        session.send("before");
        session.close(new CloseStatus(4000, "enough"));
        session.send("after");
        assertThat(session.offer(MESSAGE)).isFalse();
        session.close();

        assertThat(session.isOpen()).isFalse();
        assertThat(session.texts()).containsExactly("before");
        assertThat(session.closedWith()).isEqualTo(new CloseStatus(4000, "enough"));
    }

    @Test
    void closesOnlyWithWhatMayBeSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> session.close(CloseStatus.ABNORMAL));
        assertThat(session.closedWith()).isNull();
        session.disconnect();
        assertThat(session.closedWith()).isEqualTo(CloseStatus.ABNORMAL);
    }

    @Test
    void refusesOffersWhileItIsToldTo() {
        session.setRefusesOffers(true);
        session.setBacklog(70_000);
        assertThat(session.offer(MESSAGE)).isFalse();
        assertThat(session.backlog()).isEqualTo(70_000);
        session.setRefusesOffers(false);
        assertThat(session.offer(MESSAGE)).isTrue();
        assertThat(session.sent()).containsExactly(MESSAGE);
    }

    @Test
    void isWhatItsHandshakeSays() {
        RecordingSession adas = new RecordingSession(TestHandshake.to("/orders/ada")
                .withPathVariable("customer", "ada")
                .withPrincipal("ada")
                .withSubprotocols("orders.v2", "orders.v1")
                .withRemoteAddress("2001:db8::1"));
        assertThat(adas.principal().getName()).isEqualTo("ada");
        assertThat(adas.pathVariables()).containsEntry("customer", "ada");
        assertThat(adas.subprotocol()).isEqualTo("orders.v2");
        assertThat(adas.remoteAddress()).isEqualTo("2001:db8::1");
        assertThat(adas.id()).isNotEqualTo(session.id());
        assertThat(session.principal()).isNull();
        assertThat(session.subprotocol()).isNull();
        assertThat(session.attributes()).isEmpty();
    }

    @Test
    void takesAnotherGrantWhileItIsOpen() {
        AccessLease first = session.lease();
        AccessLease next = AccessLease.lasting(() -> "ada");
        assertThat(session.replaceLease(next, first)).isFalse();
        assertThat(session.replaceLease(first, next)).isTrue();
        assertThat(session.principal().getName()).isEqualTo("ada");
        session.close();
        assertThat(session.replaceLease(next, first)).isFalse();
    }

    @Test
    void takesWhatManyThreadsSend() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8)
                    .forEach(thread -> threads.submit(() -> {
                        start.await();
                        IntStream.range(0, 1000).forEach(i -> session.send(thread + ":" + i));
                        return null;
                    }));
            start.countDown();
        }
        assertThat(session.texts()).hasSize(8000);
        for (int thread = 0; thread < 8; thread++) {
            String own = thread + ":";
            assertThat(session.texts().stream().filter(text -> text.startsWith(own)))
                    .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> own + i).toList());
        }
    }
}
