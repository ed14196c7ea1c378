package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TokenRenewalTest {
    private static ObjectNode accepted(Instant expiresAt) {
        return JsonMapper.shared().createObjectNode().put("expiresAt", expiresAt.toString());
    }

    @Test
    void goesByTheServicesClock() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        assertThat(TokenRenewal.wait(accepted(longAgo).put("expiresIn", 600)))
                .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
    }

    @Test
    void goesByItsOwnWhereTheServiceSaysNoMore() {
        Instant soon = Instant.now().plus(Duration.ofHours(1));
        assertThat(TokenRenewal.wait(accepted(soon))).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    }

    @Test
    void ofAShortTokenIsHalfWay() {
        assertThat(TokenRenewal.wait(accepted(Instant.EPOCH).put("expiresIn", 10)))
                .isEqualTo(Duration.ofSeconds(5));
    }
}
