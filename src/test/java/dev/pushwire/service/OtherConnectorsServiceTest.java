package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.push.Topics;
import dev.pushwire.stream.EventClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Ports that the application opens besides its own, as Spring Boot's documentation tells how to. */
class OtherConnectorsServiceTest {
    private static RunningService service;

    /** With Tomcat's own protocol, and with the one that opens WebSockets. */
    static class Connectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        private final Connector plain = new Connector();
        private final Connector ours = new Connector("dev.pushwire.tomcat.HijackableProtocol");

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            plain.setPort(0);
            ours.setPort(0);
            factory.addAdditionalConnectors(plain, ours);
        }
    }

    @BeforeAll
    static void start() {
        service = RunningService.start(new Class<?>[] {Connectors.class});
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static RawClient connect(Connector connector) throws IOException {
        return RawClient.over(new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    }

    /** It would be told 101, and hear nothing more; and its place would be lost. */
    @Test
    void aWebSocketIsRefusedWhereItsSocketCannotBeTaken() throws IOException {
        ConnectionRegistry registry = service.bean(ConnectionRegistry.class);
        int before = registry.size();
        try (RawClient client = connect(service.bean(Connectors.class).plain)) {
            HttpReply reply = client.ask(HandshakeText.of("/topics/news"));
            assertThat(reply.status()).isEqualTo(501);
            assertThat(reply.body()).startsWith("This port opens no WebSockets");
        }
        assertThat(registry.size()).isLessThanOrEqualTo(before); // another test's stream may end meanwhile
    }

    @Test
    void anEventStreamGoesOnThereAllTheSame() {
        int port = service.bean(Connectors.class).plain.getLocalPort();
        try (EventClient client = EventClient.open(URI.create("http://localhost:" + port + "/topics/elsewhere"))) {
            assertThat(client.await(1).getFirst().type()).isEqualTo("subscribed");
            service.bean(Topics.class).publish("elsewhere", "hello");
            assertThat(client.await(2).getLast().data()).contains("hello");
        }
    }

    @Test
    void aConnectorMayHaveTheProtocolThatOpensThem() throws IOException {
        try (RawClient client =
                connect(service.bean(Connectors.class).ours).upgrade(HandshakeText.of("/topics/taken"))) {
            service.bean(Topics.class).publish("taken", "hello");
            client.assertText("hello");
        }
    }
}
