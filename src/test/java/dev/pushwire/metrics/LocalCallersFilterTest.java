package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LocalCallersFilterTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/websockets");

    private int status() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        new LocalCallersFilter().doFilter(request, response, chain);
        if (response.getStatus() != 200) {
            assertThat(chain.getRequest()).isNull();
            assertThat(response.getContentAsString()).contains("management.server.port");
        }
        return response.getStatus();
    }

    @Test
    void whoeverWorksOnThisMachineMayAsk() throws Exception {
        assertThat(status()).isEqualTo(200);
        request.setRemoteAddr("::1");
        request.setServerName("127.0.0.1");
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void nobodyElse() throws Exception {
        request.setRemoteAddr("192.0.2.1");
        assertThat(status()).isEqualTo(403);
    }

    @Test
    void aProxyOnThisMachineAsksForOthers() throws Exception {
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        assertThat(status()).isEqualTo(403);
    }

    /** A foreign site's name may resolve to 127.0.0.1 on purpose, and a browser would take its page to be the same site. */
    @Test
    void aPageOfAnotherSiteIsNotOnThisMachine() throws Exception {
        request.setServerName("rebound.example");
        assertThat(status()).isEqualTo(403);
    }
}
