package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A namespace of Socket.IO, seen by what goes over the wire. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SupportDeskTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Tickets tickets;

    private Sockets connect(String auth) throws Exception {
        Sockets client = Sockets.open(port, "/socket.io/?EIO=4&transport=websocket", "ada");
        assertThat(client.next()).startsWith("0{");
        client.send("40/support," + auth);
        return client;
    }

    @Test
    void aQuestionReachesTheAgents() throws Exception {
        try (Sockets agent = connect("{\"name\":\"Bob\"}");
                Sockets customer = connect("{\"name\":\"Ada\"}")) {
            assertThat(agent.next()).startsWith("40/support,{\"sid\"");
            assertThat(agent.next()).isEqualTo("42/support,[\"welcome\",\"Bob\"]");
            agent.send("42/support,0[\"on-duty\"]");
            assertThat(agent.next()).isEqualTo("43/support,0[]");
            assertThat(customer.next()).startsWith("40/support,{\"sid\"");
            assertThat(customer.next()).isEqualTo("42/support,[\"welcome\",\"Ada\"]");
            customer.send("42/support,7[\"ask\",{\"subject\":\"s\",\"text\":\"t\"}]");
            assertThat(customer.next()).isEqualTo("43/support,7[1]");
            assertThat(agent.next()).isEqualTo("42/support,[\"asked\",1,{\"subject\":\"s\",\"text\":\"t\"}]");

            CompletableFuture<Boolean> solved = CompletableFuture.supplyAsync(() -> tickets.close(1));
            String question = customer.next();
            assertThat(question).endsWith("[\"solved?\",1]");
            customer.send(question.replaceAll("42/support,(\\d+).*", "43/support,$1[true]"));
            assertThat(solved.join()).isTrue();
        }
    }

    @Test
    void nobodyWithoutAName() throws Exception {
        try (Sockets client = connect("")) {
            assertThat(client.next()).isEqualTo("44/support,{\"message\":\"Say who you are\"}");
        }
    }
}
