package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.tracing.Tracer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Traces, which are off unless somebody switches them on. */
@ExtendWith(OutputCaptureExtension.class)
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    /** At this level, Spring logs each request that it handles. */
    private static final String CHATTY = "logging.level.org.springframework.web.servlet.DispatcherServlet=debug";

    /** Spring Boot leaves its pattern behind for whatever starts next in the same JVM. */
    @BeforeEach
    @AfterEach
    void forgetThePattern() {
        System.clearProperty("LOG_CORRELATION_PATTERN");
    }

    @Test
    void arePassedOnAndInTheLogWhereTheyAreSwitchedOn(CapturedOutput output) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (Service service = Service.start(
                CHATTY,
                "management.tracing.export.enabled=true",
                "management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:"
                        + collector.getAddress().getPort() + "/v1/traces",
                "management.opentelemetry.tracing.export.schedule-delay=100ms")) {
            assertThat(publishMany(service)).isEqualTo(200);
            assertThat(output.toString().lines().filter(line -> line.contains("POST \"/api/publications\"")))
                    .singleElement()
                    .asString()
                    .contains(TRACE);
            assertThat(publish(service)).isEqualTo(202);
            String name = HexFormat.of().formatHex("http post /topics/{topic}".getBytes(StandardCharsets.UTF_8));
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(received)
                            .anySatisfy(spans -> assertThat(spans)
                                    .as("the span, its trace and its parent")
                                    .contains(name, TRACE, SPAN)));
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void costNothingByDefault(CapturedOutput output) {
        try (Service service = Service.start(CHATTY)) {
            assertThat(service.has(Tracer.class)).isFalse();
            assertThat(publishMany(service)).isEqualTo(200);
            assertThat(output.toString().lines().filter(line -> line.contains("POST \"/api/publications\"")))
                    .singleElement()
                    .asString()
                    .doesNotContain(TRACE)
                    .as("no room is kept for an id")
                    .doesNotContainPattern("\\[ {40,}]");
        }
    }

    private static int publish(Service service) {
        return publish(service, "/topics/traced", "\"hello\"");
    }

    /** Publishes through the dispatcher servlet, which logs at this level. */
    private static int publishMany(Service service) {
        return publish(service, "/api/publications", "{\"topics\": [\"traced\"], \"data\": \"hello\"}");
    }

    private static int publish(Service service, String path, String body) {
        return Service.send(Service.request(service.port(), path)
                        .header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }
}
