package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * In addition to {@link PublishAccessTest}: forwarded headers that a filter or valve has changed before the service
 * sees them.
 */
class LocalCallerTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/topics/news");

    @Test
    void aRemoteCallerThatClaimsToBeForwardedForThisMachine() throws Exception {
        request.setRemoteAddr("192.0.2.1");
        request.addHeader("Forwarded", "for=127.0.0.1");
        HttpServletRequest seen = behindSpringsFilter();
        assertThat(seen.getRemoteAddr()).isEqualTo("127.0.0.1");
        assertThat(LocalCaller.isLocal(seen)).isFalse();
    }

    @Test
    void aProxyOnThisMachineWhoseHeadersSpringHid() throws Exception {
        request.addHeader("X-Forwarded-Proto", "https");
        HttpServletRequest seen = behindSpringsFilter();
        assertThat(seen.getHeader("X-Forwarded-Proto")).isNull();
        assertThat(LocalCaller.isLocal(seen)).isFalse();
    }

    @Test
    void anAddressThatTomcatMayHaveTakenFromAHeader() {
        request.setAttribute("org.apache.tomcat.request.forwarded", true);
        assertThat(LocalCaller.isLocal(request)).isFalse();
    }

    @Test
    void aDirectCallerThroughSpringsFilter() throws Exception {
        assertThat(LocalCaller.isLocal(behindSpringsFilter())).isTrue();
    }

    private HttpServletRequest behindSpringsFilter() throws Exception {
        MockFilterChain chain = new MockFilterChain();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }
}
