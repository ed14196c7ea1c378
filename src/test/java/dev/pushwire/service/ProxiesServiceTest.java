package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The headers that real proxies send, configured well or badly, and the pages that may then connect: those whose host
 * and port the client itself has asked for, whatever port a proxy listens on.
 */
class ProxiesServiceTest {
    private static final String LISTS = "X-Forwarded-For: 203.0.113.9; X-Real-IP: 203.0.113.9; ";

    /** The headers are those besides the usual ones; an H is X-Forwarded-Host, a P -Port, and an S -Proto. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = """
            HOST                   | HEADERS OF THE PROXY                                | ORIGIN                         | NONE | NATIVE | FRAMEWORK
            # ingress-nginx: on its usual ports, on a node port, and behind a load balancer that ends TLS
            push.example.com       | H: push.example.com; P: 443; S: https               | https://push.example.com       | 101  | 101    | 101
            push.example.com       | H: push.example.com; P: 443; S: https               | http://push.example.com        | 101  | 403    | 403
            push.example.com       | H: push.example.com; P: 443; S: https               | https://evil.example           | 403  | 403    | 403
            push.example.com:30080 | H: push.example.com:30080; P: 80; S: http           | http://push.example.com:30080  | 101  | 101    | 101
            push.example.com:30080 | H: push.example.com:30080; P: 80; S: http           | http://push.example.com        | 403  | 403    | 403
            push.example.com:30443 | H: push.example.com:30443; P: 443; S: https         | https://push.example.com:30443 | 101  | 101    | 101
            push.example.com:30443 | H: push.example.com:30443; P: 443; S: https         | http://push.example.com:30443  | 101  | 403    | 403
            push.example.com       | H: push.example.com; P: 80; S: http                 | https://push.example.com       | 101  | 101    | 101
            push.example.com       | H: push.example.com; P: 8443; S: https              | https://push.example.com       | 101  | 101    | 101
            # nginx: Host passed on with or without its port, or not at all
            localhost:8081         | S: http                                             | http://localhost:8081          | 101  | 101    | 101
            localhost:8081         | S: http                                             | http://localhost               | 403  | 403    | 403
            localhost:8081         | S: http                                             | http://localhost:8082          | 403  | 403    | 403
            push.example.com:8081  | H: push.example.com; P: 80; S: http                 | http://push.example.com:8081   | 101  | 101    | 101
            push.example.com       | P: 8443; S: https                                   | https://push.example.com:8443  | 403  | 101    | 101
            push.example.com       | P: 8443; S: https                                   | https://push.example.com:9443  | 403  | 403    | 403
            push.example.com:80    | S: https                                            | https://push.example.com       | 101  | 101    | 101
            push.example.com:80    | S: https                                            | http://push.example.com        | 101  | 403    | 403
            push_backend:8080      | -                                                   | http://push.example.com        | 403  | 403    | 403
            push_backend:8080      | H: push.example.com; S: https                       | https://push.example.com       | 403  | 101    | 101
            push_backend:8080      | H: push.example.com:8443; S: https                  | https://push.example.com:8443  | 403  | 101    | 101
            push_backend:8080      | H: push.example.com:8443; P: 443; S: https          | https://push.example.com       | 403  | 403    | 403
            push_backend:8080      | H: push.example.com; S: https                       | https://push_backend:8080      | 101  | 403    | 403
            push_app:8080          | S: http                                             | http://push_app:8080           | 101  | 101    | 101
            10.0.0.7:8080          | H: push_app; S: http                                | http://push_app                | 403  | 101    | 101
            # haproxy: nothing but the address, the header of RFC 7239, its own port inside a container
            push.example.com:8081  | -                                                   | http://push.example.com:8081   | 101  | 101    | 101
            push.example.com:8443  | Forwarded: proto=https;for=203.0.113.9              | https://push.example.com:8443  | 101  | 101    | 101
            push.example.com:8443  | Forwarded: proto=https;for=203.0.113.9              | https://push.example.com       | 403  | 403    | 403
            push.example.com:8443  | Forwarded: proto=https;for=203.0.113.9              | http://push.example.com:8443   | 101  | 101    | 403
            10.0.0.7:8080          | Forwarded: for=1.2.3.4 ;Host = "push.example.com:8443";proto=https, for=10.0.0.2;host=x | https://push.example.com:8443 | 403 | 403 | 101
            10.0.0.7:8080          | Forwarded: host=push.example.com;proto=https        | https://push.example.com       | 403  | 403    | 101
            push.example.com:30080 | P: 80; S: http                                      | http://push.example.com:30080  | 101  | 101    | 101
            # Caddy and Envoy pass on Host, and say the scheme
            push.example.com:8443  | H: push.example.com:8443; S: https                  | https://push.example.com:8443  | 101  | 101    | 101
            push.example.com:10000 | S: http; X-Envoy-External-Address: 203.0.113.9      | http://push.example.com:10000  | 101  | 101    | 101
            # Traefik calls the scheme that of a WebSocket
            push.example.com:8443  | H: push.example.com:8443; P: 8443; S: wss           | https://push.example.com:8443  | 101  | 101    | 101
            push.example.com:8443  | H: push.example.com:8443; P: 8443; S: wss           | http://push.example.com:8443   | 101  | 403    | 403
            push.example.com:8000  | H: push.example.com:8000; P: 8000; S: ws            | http://push.example.com:8000   | 101  | 101    | 101
            # Apache httpd sends its backend's name, and makes lists when there are two of it
            backend:8080           | H: push.example.com:8443                            | https://push.example.com:8443  | 403  | 101    | 101
            backend:8080           | H: push.example.com, inner.example.com              | https://push.example.com       | 403  | 101    | 101
            backend:8080           | H: push.example.com, inner.example.com              | https://inner.example.com      | 403  | 403    | 403
            push.example.com       | S: https, http                                      | http://push.example.com        | 101  | 403    | 403
            # load balancers of clouds
            push.example.com       | P: 443; S: https                                    | https://push.example.com       | 101  | 101    | 101
            push.example.com       | S: https; CF-Visitor: {"scheme":"https"}            | https://push.example.com       | 101  | 101    | 101
            # odd, but there
            [::1]:8081             | S: http                                             | http://[::1]:8081              | 101  | 101    | 101
            PUSH.example.com:8081  | H: Push.Example.Com:8081; S: HTTP                   | http://push.example.com:8081   | 101  | 101    | 101
            push.example.com:8081  | H:; P:; S:                                          | http://push.example.com:8081   | 101  | 101    | 101
            push.example.com       | X-Forwarded-Prefix: /push; S: https                 | https://push.example.com       | 101  | 101    | 101
            push.example.com       | P: many                                             | https://push.example.com       | 101  | 101    | 400
            """)
    void aPageMayConnectToTheHostAndPortItIsFrom(
            String host, String headers, String origin, int none, int nativ, int framework) {
        assertAnswer("none", host, headers, origin, none);
        assertAnswer("native", host, headers, origin, nativ);
        assertAnswer("framework", host, headers, origin, framework);
    }

    private static void assertAnswer(String strategy, String host, String headers, String origin, int status) {
        RunningService service = RunningService.with("server.forward-headers-strategy=" + strategy);
        HttpReply reply = ask(service, host, headers, origin);
        assertThat(reply.status()).as("%s: %s", strategy, reply).isEqualTo(status);
    }

    private static HttpReply ask(RunningService service, String host, String headers, String origin) {
        HandshakeText request = HandshakeText.of("/echo").with("Host: " + host).and("Origin: " + origin);
        String all = LISTS + (headers == null ? "" : headers);
        String[] lines = Arrays.stream(all.split("; (?=[\\w-]+:)|; $"))
                .map(line -> line.replaceFirst("^H:", "X-Forwarded-Host:")
                        .replaceFirst("^P:", "X-Forwarded-Port:")
                        .replaceFirst("^S:", "X-Forwarded-Proto:"))
                .toArray(String[]::new);
        try (RawClient client = RawClient.connect(service)) {
            return client.ask(request.and(lines));
        }
    }

    @Test
    void aPeerThatIsNoTrustedProxyIsNotBelieved() {
        RunningService service = RunningService.with(
                "server.forward-headers-strategy=native", "server.tomcat.remoteip.internal-proxies=192.0.2.1/32");
        HttpReply reply = ask(service, "10.0.0.7:8080", "H: push.example.com; S: https", "https://push.example.com");
        reply.assertRefused(403, "Origin");
        assertThat(ask(service, "push.example.com", "P: 8443", "https://push.example.com:8443")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Port: many",
                "X-Forwarded-Host: push:port",
                "X-Forwarded-For: ,",
                "Forwarded: for=a:b:c"
            })
    void headersThatCannotBeReadAreAProblemAndCounted(String header) {
        RunningService service = RunningService.with("server.forward-headers-strategy=framework");
        double before = service.meter("websocket.requests.refused", "status", "400");
        try (RawClient client = RawClient.connect(service)) {
            HttpReply reply = client.ask(HandshakeText.of("/echo").and(header));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.body()).contains("\"status\":400").contains("X-Forwarded-Port");
        }
        assertThat(service.meter("websocket.requests.refused", "status", "400")).isEqualTo(before + 1);
    }
}
