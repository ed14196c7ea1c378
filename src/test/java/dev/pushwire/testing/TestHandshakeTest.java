package dev.pushwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.junit.jupiter.api.Test;

class TestHandshakeTest {
    @Test
    void isFromNobodyAndHasNothingAtFirst() {
        TestHandshake handshake = TestHandshake.to("/orders/ada");
        assertThat(handshake.path()).isEqualTo("/orders/ada");
        assertThat(handshake.pathVariables()).isEmpty();
        assertThat(handshake.queryParameter("since")).isNull();
        assertThat(handshake.header("Origin")).isNull();
        assertThat(handshake.principal()).isNull();
        assertThat(handshake.offeredSubprotocols()).isEmpty();
        assertThat(handshake.remoteAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    void hasWhatItWasMadeWith() {
        Principal ada = () -> "ada";
        TestHandshake bare = TestHandshake.to("/orders/ada");
        TestHandshake handshake = bare.withPathVariable("customer", "ada")
                .withPathVariable("shop", "books")
                .withQueryParameter("since", "1")
                .withQueryParameter("since", "2")
                .withHeader("Accept-Language", "de")
                .withHeader("accept-language", "en")
                .withSubprotocols("orders.v2", "orders.v1")
                .withPrincipal(ada)
                .withRemoteAddress("2001:db8::1");
        assertThat(handshake.pathVariables()).containsEntry("customer", "ada").containsEntry("shop", "books");
        assertThat(handshake.queryParameter("since")).isEqualTo("2");
        assertThat(handshake.header("ACCEPT-LANGUAGE")).isEqualTo("de");
        assertThat(handshake.headers("Accept-Language")).containsExactly("de", "en");
        assertThat(handshake.header("Sec-WebSocket-Protocol")).isEqualTo("orders.v2, orders.v1");
        assertThat(handshake.offeredSubprotocols()).containsExactly("orders.v2", "orders.v1");
        assertThat(handshake.principal()).isSameAs(ada);
        assertThat(handshake.remoteAddress()).isEqualTo("2001:db8::1");

        assertThat(bare.pathVariables()).isEmpty(); // it has stayed as it was
        assertThat(bare.headers("Accept-Language")).isEmpty();
    }

    @Test
    void principalsOfOneNameAreEqual() {
        assertThat(TestHandshake.to("/").withPrincipal("ada").principal())
                .isEqualTo(TestHandshake.to("/other").withPrincipal("ada").principal())
                .isNotEqualTo(TestHandshake.to("/").withPrincipal("bob").principal());
    }

    @Test
    void aTextIsItsStringAndItsBytes() {
        TestText text = new TestText("zwölf €");
        ByteBuffer utf8 = text.utf8();
        assertThat(text).hasToString("zwölf €");
        assertThat(utf8.isReadOnly()).isTrue();
        assertThat(utf8).isEqualTo(ByteBuffer.wrap("zwölf €".getBytes(StandardCharsets.UTF_8)));
    }
}
