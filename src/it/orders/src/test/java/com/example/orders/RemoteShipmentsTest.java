package com.example.orders;

import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RemoteShipmentsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Topics topics;

    @Test
    void hearsOfWhatIsPublished() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (RemoteShipments shipments = new RemoteShipments(
                URI.create("ws://localhost:" + port + "/push"), heard::add, heard::clear)) {
            await().until(() -> {
                topics.publish("shipments.ada", "4711"); // until the subscription stands
                return heard.contains("4711");
            });
        }
    }
}
