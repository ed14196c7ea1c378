package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The application on its own port, with a login. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrdersTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Shipping shipping;

    @Autowired
    private ShipmentLog log;

    @Autowired
    private Followers followers;

    @Autowired
    private Greeter greeter;

    @Autowired
    private Topics topics;

    @Value("${spring.application.name}")
    private String name;

    @Test
    void aCustomerAsksForAnOrderAndIsToldWhenOneIsShipped() throws Exception {
        try (Sockets ada = Sockets.open(port, "/orders/ada", "ada")) {
            ada.send("4712");
            assertThat(ada.next()).isEqualTo("unknown");
            shipping.ship("ada", "4712");
            assertThat(ada.next()).isEqualTo("shipped 4712");
        }
    }

    @Test
    void onlyTheCustomerMayAsk() {
        assertThat(Sockets.refusal(port, "/orders/ada", null)).isEqualTo(401); // the application's filter chain
        assertThat(Sockets.refusal(port, "/orders/bob", "ada")).isEqualTo(403); // the endpoint
    }

    @Test
    void everybodyHearsOfAShipment() throws Exception {
        try (Sockets anybody = Sockets.open(port, "/topics/shipments.bob", null)) {
            shipping.ship("bob", "4713");
            assertThat(anybody.next()).isEqualTo("{\"order\": \"4713\"}");
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log.shipments()).contains("shipments.bob {\"order\": \"4713\"}"));
        assertThat(topics.history("shipments.bob", null, 10).publications()).hasSize(1);
        assertThat(topics.position("shipments.bob").offset()).isEqualTo(1);
    }

    @Test
    void aParcelsLastPlacesAreRemembered() throws Exception {
        topics.publish("parcels.17", "Graz");
        topics.publish("parcels.17", "Linz");
        topics.publish("vans.17", "Linz"); // nothing is said about these
        try (Sockets anybody = Sockets.open(port, "/topics/parcels.17?last=10", null)) {
            assertThat(anybody.next()).isEqualTo("Graz");
            assertThat(anybody.next()).isEqualTo("Linz");
        }
        assertThat(topics.history("vans.17", null, 10).publications()).isEmpty();
    }

    @Test
    void theApplicationIsToldWhoComesAndGoes() throws Exception {
        try (Sockets raw = Sockets.open(port, "/topics/shipments.eve", null);
                Sockets many = Sockets.open(port, "/push", null)) {
            many.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"shipments.eve\"}");
            assertThat(many.next()).contains("subscribed");
            await().atMost(Duration.ofSeconds(30)).until(() -> followers.count() == 2);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> followers.count() == 0);
    }

    @Test
    void anEndpointAnswers() throws Exception {
        try (Sockets ada = Sockets.open(port, "/rooms/blue", "ada")) {
            ada.send("hello");
            assertThat(ada.next()).isEqualTo("you said hello");
        }
    }

    @Test
    void aBeanPublishes() throws Exception {
        try (Sockets anybody = Sockets.open(port, "/topics/greetings", null)) {
            greeter.greet("ada");
            assertThat(anybody.next()).isEqualTo("hello ada");
        }
    }

    @Test
    void everyPageIsTheApplicationsOwn() throws Exception {
        assertThat(get("/").body()).isEqualTo("the shop");
        HttpResponse<String> unknown = get("/nowhere");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(unknown.body()).contains("\"path\":\"/nowhere\"");
        assertThat(name).isEqualTo("orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/chat", "/index.html", "/openapi.yaml", "/api/topics"})
    void nothingOfTheServiceIsThere(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyPublishesOverHttpUnlessTheApplicationSaysSo() throws Exception {
        HttpResponse<String> answer = Sockets.HTTP.send(
                request("/topics/news").POST(BodyPublishers.ofString("hello")).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403); // Spring Security's, for want of a CSRF token
    }

    @Test
    void theActuatorKnowsTheConnections() throws Exception {
        try (Sockets ada = Sockets.open(port, "/orders/ada", "ada")) {
            assertThat(get("/actuator/websockets").body()).contains("/orders/{customer}");
            assertThat(get("/actuator/metrics/websocket.connections.active").statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", Sockets.basic("ada"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return Sockets.HTTP.send(request(path).build(), BodyHandlers.ofString());
    }
}
