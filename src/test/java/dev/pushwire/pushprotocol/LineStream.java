package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.SharedHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session at {@code /push} whose lines come in a response that does not end, as they are or as the data of events.
 */
public final class LineStream implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    private LineStream(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** @throws IOException if there is no answer */
    public static LineStream open(HttpRequest.Builder request) throws IOException {
        try {
            return new LineStream(
                    SharedHttp.CLIENT.send(request.version(Version.HTTP_1_1).build(), BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** The next line with content; null at the end. */
    public String line() throws IOException {
        String line = lines.readLine();
        while (line != null && (line.isEmpty() || line.startsWith(":"))) {
            line = lines.readLine();
        }
        return line;
    }

    /** The next object; null at the end. */
    public JsonNode next() throws IOException {
        String line = line();
        return line == null
                ? null
                : JSON.readTree(line.startsWith("data: ") ? line.substring("data: ".length()) : line);
    }

    /** The next object of this type. */
    public JsonNode next(String type) {
        try {
            for (JsonNode object = next(); object != null; object = next()) {
                if (object.path("type").asString().equals(type)) {
                    return object;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("The stream ended without " + type);
    }

    public void assertEnd() throws IOException {
        assertThat(line()).isNull();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
