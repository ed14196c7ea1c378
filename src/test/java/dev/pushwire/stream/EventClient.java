package dev.pushwire.stream;

import dev.pushwire.service.SharedHttp;
import dev.pushwire.stream.EventReader.Event;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;

/** A client of event streams over the JDK's HTTP client; reads on a thread of its own until the stream ends. */
public final class EventClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpResponse<InputStream> response;
    private final EventReader reader = new EventReader(); // guarded by this
    private volatile boolean ended;

    private EventClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /** Returns once the head of the response is there. */
    public static EventClient open(HttpClient http, URI uri, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "text/event-stream");
        try {
            return new EventClient(http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static EventClient open(URI uri, String... headers) {
        return open(SharedHttp.CLIENT, uri, headers);
    }

    private void read() {
        try (InputStreamReader text = new InputStreamReader(body(), StandardCharsets.UTF_8)) {
            char[] some = new char[4096];
            for (int count = text.read(some); count >= 0; count = text.read(some)) {
                synchronized (this) {
                    reader.read(new String(some, 0, count));
                }
            }
        } catch (IOException e) {
            // cut off, as the tests do
        } finally {
            ended = true;
        }
    }

    private InputStream body() throws IOException {
        boolean compressed = headers().firstValue("Content-Encoding").equals(Optional.of("gzip"));
        return compressed ? new AtOnce(new GZIPInputStream(response.body())) : response.body();
    }

    /** What decompresses says that more is there when it does not know; a reader would wait for it. */
    private static final class AtOnce extends FilterInputStream {
        AtOnce(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 0;
        }
    }

    public int status() {
        return response.statusCode();
    }

    public HttpHeaders headers() {
        return response.headers();
    }

    public HttpClient.Version version() {
        return response.version();
    }

    /** Those that have come so far; a copy. */
    public synchronized List<Event> events() {
        return List.copyOf(reader.events());
    }

    public synchronized String lastEventId() {
        return reader.lastEventId();
    }

    public synchronized long retry() {
        return reader.retry();
    }

    public synchronized int comments() {
        return reader.comments();
    }

    /** The first so many, once they are there. */
    public List<Event> await(int count) {
        awaiting(() -> events().size() >= count);
        return events().subList(0, count);
    }

    /** Returns when so many messages are there, or the stream has ended. */
    void awaitMessagesOrEnd(int count) {
        awaiting(() -> ended
                || events().stream()
                                .filter(event -> event.type().equals("message"))
                                .count()
                        >= count);
    }

    /** All of a stream that the service has ended. */
    public List<Event> awaitEnd() {
        awaiting(() -> ended);
        return events();
    }

    private void awaiting(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
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
