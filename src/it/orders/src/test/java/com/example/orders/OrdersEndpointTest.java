package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import org.junit.jupiter.api.Test;

/** The endpoint alone: without Spring and without a port. */
class OrdersEndpointTest {
    private final OrdersEndpoint endpoint = new OrdersEndpoint(new OrderRepository(), new RecordingGroups());

    private static TestHandshake toAda() {
        return TestHandshake.to("/orders/ada").withPathVariable("customer", "ada");
    }

    private RecordingSession open(TestHandshake handshake) throws HandshakeRefusedException {
        RecordingSession session = new RecordingSession(handshake);
        endpoint.onHandshake(handshake);
        endpoint.onOpen(session, handshake);
        return session;
    }

    @Test
    void onlyTheCustomerIsLetIn() {
        assertThatExceptionOfType(HandshakeRefusedException.class)
                .isThrownBy(() -> open(toAda().withPrincipal("bob")))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void aCustomerIsToldTheStateOfAnOrder() throws Exception {
        RecordingSession ada = open(toAda().withPrincipal("ada"));
        endpoint.onText(ada, new TestText("4711"));
        assertThat(ada.texts()).containsExactly("packed");
    }

    @Test
    void aCustomerIsToldOfShipmentsUntilTheConnectionEnds() throws Exception {
        RecordingSession ada = open(toAda().withPrincipal("ada"));
        endpoint.shipped("ada", "4711");
        endpoint.onClose(ada, CloseStatus.NORMAL);
        endpoint.shipped("ada", "4712");
        assertThat(ada.texts()).containsExactly("shipped 4711");
    }
}
