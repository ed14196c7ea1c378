package dev.pushwire.operations;

import dev.pushwire.PushwireApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The real application on a random port, as its users and those who run it meet it. */
final class Service implements AutoCloseable {
    /** One for all tests: it keeps a selector and threads. */
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Service start(String... properties) {
        return start(new Class<?>[0], properties);
    }

    /** @param extra configuration classes besides the application's own */
    static Service start(Class<?>[] extra, String... properties) {
        Class<?>[] sources = Stream.concat(Stream.of(PushwireApplication.class), Arrays.stream(extra))
                .toArray(Class<?>[]::new);
        String[] arguments = Stream.concat(
                        Stream.of("--server.port=0"), Arrays.stream(properties).map(property -> "--" + property))
                .toArray(String[]::new);
        return new Service(new SpringApplicationBuilder(sources)
                .initializers(context -> context.getBeanFactory().registerSingleton("noTests", new NoTests()))
                .run(arguments));
    }

    /** Endpoints of other tests are on the class path too, and would be found. */
    private static final class NoTests extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            return type.getResource().getURL().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NoTests;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> type) {
        return context.getBeanProvider(type).stream().findAny().isPresent();
    }

    int port() {
        return port("local.server.port");
    }

    int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return Objects.requireNonNull(context.getEnvironment().getProperty(property, Integer.class), property);
    }

    Client connect(String path) {
        return Client.connect(port(), path);
    }

    /** A page of the management side, wherever that is. */
    HttpResponse<String> actuator(String path) {
        return get(managementPort(), "/actuator" + path);
    }

    /** One sample of a scrape: {@code websocket_connections_active{endpoint="/echo"}}; not a number when it is not there. */
    double sample(String series) {
        return actuator("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    HttpResponse<String> publish(String topic, String message) {
        return publish(port(), topic, message);
    }

    static HttpResponse<String> publish(int port, String topic, String message) {
        return send(request(port, "/topics/" + topic).POST(HttpRequest.BodyPublishers.ofString(message)));
    }

    static HttpResponse<String> get(int port, String path) {
        return send(request(port, path).GET());
    }

    static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
