package dev.pushwire.prometheus;

import dev.pushwire.PushwireApplication;
import dev.pushwire.autoconfigure.ApiPort;
import dev.pushwire.helm.Chart;
import dev.pushwire.helm.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The service, configured as the chart configures it, on ports of its own. */
public final class LiveService implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private LiveService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * With an endpoint that echoes, besides what the chart has by default.
     *
     * @param directory for the files of its configuration
     */
    public static LiveService start(Path directory) {
        return start(directory, Chart.with("demo: {enabled: true}"));
    }

    public static LiveService start(Path directory, Chart chart) {
        try {
            Path mounted = Files.createDirectories(directory.resolve("mounted"));
            String locations = Configuration.of(chart.render()).mountUnder(mounted);
            SpringApplication application = new SpringApplication(PushwireApplication.class);
            application.addInitializers(
                    context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()));
            return new LiveService(application.run(
                    "--spring.config.additional-location=" + locations,
                    "--spring.main.cloud-platform=kubernetes",
                    "--spring.main.banner-mode=off",
                    "--pushwire.drain.window=0s", // clients that a test leaves behind go at once
                    "--server.port=0",
                    "--pushwire.api.port=0",
                    "--management.server.port=0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port("local.server.port");
    }

    int managementPort() {
        return port("local.management.port");
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Of the HTTP API, which has a port of its own. */
    public URI api(String path) {
        return URI.create("http://127.0.0.1:" + context.getBean(ApiPort.class).number() + path);
    }

    URI webSocket(String path) {
        return URI.create("ws://127.0.0.1:" + port() + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort() + path);
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Other tests have components of their own beside the service's. */
    private static final class WithoutTests extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURI().getPath().contains("/test-classes/");
        }
    }
}
