package dev.pushwire.service;

import dev.pushwire.PushwireApplication;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The real application, with the endpoints of {@link TestBeans} besides its own, on a free port of this machine. */
public final class RunningService implements AutoCloseable {
    private static final Map<List<Object>, RunningService> KEPT = new HashMap<>();

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A service with these settings ({@code name=value}), started once for all tests, and ended with the JVM. */
    public static synchronized RunningService with(String... settings) {
        return with(new Class<?>[] {TestBeans.class}, settings);
    }

    /** The same, with beans of the test's own instead of the {@link TestBeans}. */
    public static synchronized RunningService with(Class<?>[] beans, String... settings) {
        return KEPT.computeIfAbsent(List.of(List.of(beans), List.of(settings)), same -> start(beans, settings));
    }

    /** A service of the test's own, which closes it. */
    public static RunningService start(String... settings) {
        return start(new Class<?>[] {TestBeans.class}, settings);
    }

    /** A service with beans of the test's own instead of the {@link TestBeans}. */
    public static RunningService start(Class<?>[] beans, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        SpringApplicationBuilder builder = new SpringApplicationBuilder(PushwireApplication.class).sources(beans);
        return new RunningService(builder.run(arguments.toArray(String[]::new)));
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port());
    }

    /** The service's host and port, as a browser on this machine names them. */
    public String host() {
        return "localhost:" + port();
    }

    public URI http(String path) {
        return URI.create("http://" + host() + path);
    }

    public URI ws(String path) {
        return URI.create("ws://" + host() + path);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A bean by its name, if there are several of a type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(http(path)).GET());
    }

    public HttpResponse<String> post(String path, String contentType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(http(path)).POST(body).header("Content-Type", contentType);
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    /** Any request, to {@link #http} of a path. */
    public static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return SharedHttp.CLIENT.send(
                    request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No HTTP answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The sum over all meters of this name that have these tags, given as name and value in turn; 0 for none. */
    public double meter(String name, String... tags) {
        double sum = 0;
        for (Meter meter : bean(MeterRegistry.class).find(name).tags(tags).meters()) {
            for (Measurement measurement : meter.measure()) {
                sum += measurement.getValue();
            }
        }
        return sum;
    }

    /** Connections that Tomcat counts as its own, without the one that it counts ahead and waits for. */
    public long httpConnections() {
        TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
        return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler()).getConnectionCount() - 1;
    }

    public int openConnections() {
        return (int) meter("websocket.connections.active");
    }

    /** Stops the service as a signal would. */
    @Override
    public void close() {
        context.close();
    }
}
