package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.helm.Manifests;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that scrapes one service each second, under the labels that an operator's would have. */
final class PrometheusServer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private PrometheusServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static PrometheusServer start(Path directory, LiveService service, JsonNode rules) throws IOException {
        String program = Tools.find("prometheus");
        Files.writeString(directory.resolve("rules.yaml"), rules.toString());
        Path configuration =
                Files.writeString(directory.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                  - job_name: pushwire
                    metrics_path: /actuator/prometheus
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                        labels: {namespace: push, pod: pushwire-0}
                """.formatted(service.managementPort()));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program,
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + address,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(new File(directory + "/prometheus.log"))
                .start();
        PrometheusServer server = new PrometheusServer(process, address);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().until(server::isReady);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws Exception {
        return get("/-/ready").statusCode() == 200;
    }

    /** What the query yields now. */
    JsonNode query(String query) throws Exception {
        return queryWith("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    private JsonNode queryWith(String parameters) throws Exception {
        HttpResponse<String> response = get("/api/v1/query?" + parameters);
        assertThat(response.statusCode())
                .as(parameters + ": " + response.body())
                .isEqualTo(200);
        return JsonMapper.shared().readTree(response.body()).at("/data/result");
    }

    /** The one number that the query yields for that time, in seconds; NaN for none. */
    double numberAt(double time, String query) throws Exception {
        JsonNode result = queryWith("time=" + time + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return result.isEmpty() ? Double.NaN : number(result);
    }

    private static double number(JsonNode result) {
        return Double.parseDouble(result.at("/0/value/1").stringValue());
    }

    /**
     * Waits until a scrape that began after this call has succeeded.
     *
     * @return its time, in seconds: to ask for just that scrape's numbers, since a later one may fail
     */
    double awaitScrape() {
        double now = System.currentTimeMillis() / 1000.0;
        return Awaitility.await().atMost(30, TimeUnit.SECONDS).until(this::lastScrape, time -> time > now);
    }

    private double lastScrape() throws Exception {
        JsonNode result = query("timestamp(websocket_messages_sent_total{transport=\"websocket\"})");
        return result.isEmpty() ? 0 : number(result);
    }

    /** The alerts that fire now. */
    JsonNode firing() throws Exception {
        JsonNode alerts = Manifests.yaml(get("/api/v1/alerts").body()).at("/data/alerts");
        return JsonMapper.shared()
                .valueToTree(alerts.valueStream()
                        .filter(alert -> alert.get("state").stringValue().equals("firing"))
                        .toList());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
