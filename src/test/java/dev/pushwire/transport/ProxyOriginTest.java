package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages that a browser loads from a real proxy, on a port that is no default. They may connect through it, whichever
 * headers it is configured to send. Pages of another port may not.
 */
@ParameterizedClass
@ValueSource(strings = {"none", "native", "framework"})
class ProxyOriginTest {
    private final RunningService service;
    private final boolean believes;

    @TempDir
    private Path directory;

    ProxyOriginTest(String strategy) {
        this.service = RunningService.with("server.forward-headers-strategy=" + strategy);
        this.believes = !strategy.equals("none");
    }

    private static int ask(Proxy proxy, String origin) {
        HandshakeText request = HandshakeText.of("/echo")
                .with("Host: push.example.com:" + proxy.port())
                .and("Origin: " + origin);
        try (RawClient client = proxy.connect("127.0.0.1")) {
            return client.ask(request).status();
        }
    }

    private static void assertOwnPages(Proxy proxy, boolean allowed) {
        String page = "http://push.example.com:";
        assertThat(ask(proxy, page + proxy.port())).as("its own").isEqualTo(allowed ? 101 : 403);
        assertThat(ask(proxy, page + (proxy.port() + 1))).as("another port's").isEqualTo(403);
        assertThat(ask(proxy, "http://evil.example:" + proxy.port()))
                .as("another host's")
                .isEqualTo(403);
    }

    private void nginx(boolean allowed, String... headers) throws Exception {
        try (Proxy proxy = Proxy.nginx(service.address(), directory, List.of(headers))) {
            assertOwnPages(proxy, allowed);
        }
    }

    private void haproxy(boolean allowed, String... lines) throws Exception {
        try (Proxy proxy = Proxy.haproxy(service.address(), directory, List.of(lines))) {
            assertOwnPages(proxy, allowed);
        }
    }

    /** With the headers of the ingress controller, whose own port is 80 whatever the node's port is. */
    @Test
    void ingressNginx() throws Exception {
        nginx(
                true,
                "Host $http_host",
                "X-Real-IP $remote_addr",
                "X-Forwarded-For $remote_addr",
                "X-Forwarded-Host $http_host",
                "X-Forwarded-Port 80",
                "X-Forwarded-Proto $scheme",
                "X-Forwarded-Scheme $scheme");
    }

    @Test
    void nginxThatSaysTheSchemeAlone() throws Exception {
        nginx(true, "Host $http_host", "X-Forwarded-Proto $scheme");
    }

    @Test
    void nginxThatForwardsTheBareName() throws Exception {
        nginx(true, "Host $http_host", "X-Forwarded-Host $host", "X-Forwarded-Port 80");
    }

    @Test
    void nginxThatSaysThePortApart() throws Exception {
        nginx(believes, "Host $host", "X-Forwarded-Port $server_port", "X-Forwarded-Proto $scheme");
    }

    @Test
    void nginxThatLeavesTheNameToAHeader() throws Exception {
        nginx(believes, "X-Forwarded-Host $http_host", "X-Forwarded-Proto $scheme");
    }

    /** Then no header says what the client asked for. */
    @Test
    void nginxThatNobodyToldAnything() throws Exception {
        nginx(false);
    }

    @Test
    void haproxyThatNobodyToldAnything() throws Exception {
        haproxy(true);
    }

    @Test
    void haproxyThatNamesTheClient() throws Exception {
        haproxy(true, "option forwardfor", "http-request set-header X-Forwarded-Proto http");
    }

    @Test
    void haproxyInAContainer() throws Exception {
        haproxy(
                true,
                "option forwardfor",
                "http-request set-header X-Forwarded-Host %[req.hdr(Host)]",
                "http-request set-header X-Forwarded-Port 80",
                "http-request set-header X-Forwarded-Proto http");
    }

    @Test
    void haproxyByTheBook() throws Exception {
        haproxy(true, "http-request set-header Forwarded for=%[src];proto=http");
    }
}
