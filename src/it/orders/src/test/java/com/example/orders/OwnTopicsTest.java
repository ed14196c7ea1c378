package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The application's rule for topics, with the users of the application's login. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OwnTopicsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Topics topics;

    @Test
    void aUserReadsHerOwnTopics() throws Exception {
        try (Sockets ada = Sockets.open(port, "/topics/user.ada.mail", "ada")) {
            topics.publish("user.ada.mail", "hello ada");
            assertThat(ada.next()).isEqualTo("hello ada");
        }
    }

    @Test
    void nobodyElseDoes() {
        assertThat(Sockets.refusal(port, "/topics/user.ada.mail", null)).isEqualTo(401);
        assertThat(Sockets.refusal(port, "/topics/user.bob.mail", "ada")).isEqualTo(403);
    }

    @Test
    void aUserSubscribesToAllHerTopicsAtOnce() throws Exception {
        try (Sockets ada = Sockets.open(port, "/push", "ada")) {
            ada.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"user.ada.>\"}");
            assertThat(ada.next()).contains("\"subscribed\"");
            topics.publish("user.bob.mail", "hello bob");
            topics.publish("user.ada.mail", "hello ada");
            assertThat(ada.next()).contains("hello ada");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.bob.mail", "user.*.mail", "user.>", "*.ada.mail", ">"})
    void aPatternThatTakesInOthersTopicsIsRefused(String pattern) throws Exception {
        try (Sockets ada = Sockets.open(port, "/push", "ada")) {
            ada.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"" + pattern + "\"}");
            assertThat(ada.next()).contains("\"forbidden\"");
        }
    }

    @Test
    void noClientPublishes() throws Exception {
        try (Sockets ada = Sockets.open(port, "/push", "ada")) {
            ada.send("{\"type\":\"publish\",\"id\":1,\"topic\":\"user.ada.mail\",\"data\":\"hello\"}");
            assertThat(ada.next()).contains("\"forbidden\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"*, user.bob.mail", ">, user.bob.mail", "ada.mail, user.ada.mail.today"})
    void aNameThatLooksLikeAPatternOpensNothing(String user, String topic) {
        assertThat(new OwnTopics().maySubscribe(() -> user, new TopicPattern(topic)))
                .isFalse();
    }
}
