package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.PushwireApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The worked example of {@code docs/endpoints.md}, run as its reader would run it. */
@SpringBootTest(classes = PushwireApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({OrdersEndpoint.class, EndpointsGuideTest.Orders.class})
class EndpointsGuideTest {
    @LocalServerPort
    private int port;

    @Autowired
    private OrdersEndpoint endpoint;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    static class Orders {
        @Bean
        OrderRepository orderRepository() {
            return new OrderRepository() {
                @Override
                public boolean mayRead(String customer, String token) {
                    return "secret".equals(token);
                }

                @Override
                public String state(String orderNumber) {
                    return orderNumber + " is packed";
                }
            };
        }
    }

    @Test
    void theGuideShowsTheVeryCodeThatIsTestedHere() throws Exception {
        Path source = Path.of("src/test/java/com/example/orders/OrdersEndpoint.java");

        String guide = Files.readString(Path.of("docs/endpoints.md"));

        assertThat(guide).contains("```java\n" + Files.readString(source) + "```");
    }

    @Test
    void aCustomerAsksForAnOrderAndIsToldWhenItIsShipped() throws Exception {
        WebSocket customer = connect("secret").get(10, TimeUnit.SECONDS);
        assertThat(customer.getSubprotocol()).isEqualTo("orders.v1");

        customer.sendText("4711", true).get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("4711 is packed");

        endpoint.shipped("ada", "4711");
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("shipped 4711");

        customer.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }

    @Test
    void aStrangerIsRefusedAtTheHandshake() {
        assertThatThrownBy(() -> connect("guess").get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(e -> assertThat(((WebSocketHandshakeException) e.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(401));
    }

    private CompletableFuture<WebSocket> connect(String token) {
        URI uri = URI.create("ws://localhost:" + port + "/orders/ada?token=" + token);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("orders.v1")
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        received.add(data.toString());
                        socket.request(1);
                        return null;
                    }
                });
    }
}
