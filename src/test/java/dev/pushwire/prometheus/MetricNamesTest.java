package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A renamed metric causes no error: alerts never fire, and panels stay empty. So this looks for every name. */
class MetricNamesTest {
    /** Made by others: Prometheus itself, and kube-state-metrics. */
    private static final Set<String> OF_OTHERS =
            Set.of("up", "kube_deployment_spec_replicas", "kube_deployment_status_replicas_ready");

    @TempDir
    private static Path directory;

    private static LiveService service;

    @BeforeAll
    static void start() throws Exception {
        service = LiveService.start(directory);
        Clients clients = Clients.of(service);
        clients.open("/echo", 1).closeAll();
        clients.refused("/echo");
        send(service.http("/topics"));
        System.gc(); // so that there has been one
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void eachMetricThatIsAskedForIsInAScrape() throws Exception {
        Set<String> missing = Queries.allMetrics();
        missing.removeAll(OF_OTHERS);
        missing.removeAll(scraped());
        assertThat(missing).isEmpty();
    }

    @Test
    void findsTheMetricsInAQuery() {
        assertThat(Queries.metricsIn("""
                        sum by (a, le) (rate(first_total{b="not{this}",c=~"nor|this"}[5m])) / on (a) group_left (d) second
                          > 1e3 and histogram_quantile(0.99, third_bucket) or avg without(x)(fourth:rate5m offset 5m)
                        """)).containsExactly("first_total", "fourth:rate5m", "second", "third_bucket");
    }

    @Test
    void promtoolFindsNothingToSayAboutOurOwn() throws Exception {
        String own = scrape().lines()
                .filter(line -> line.matches("(# (HELP|TYPE) )?websocket_.*"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(own).contains("# TYPE websocket_connections_active gauge");
        Path input = Files.writeString(directory.resolve("metrics.txt"), own);
        Path output = directory.resolve("verdict.txt");
        Process promtool = new ProcessBuilder(Tools.find("promtool"), "check", "metrics")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    private static Set<String> scraped() throws Exception {
        return scrape().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String scrape() throws Exception {
        return send(service.management("/actuator/prometheus"));
    }

    private static String send(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).header("Accept", "text/plain").build(), BodyHandlers.ofString())
                .body();
    }
}
