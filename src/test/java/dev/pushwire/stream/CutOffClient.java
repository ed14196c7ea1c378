package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.stream.EventReader.Event;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A client of event streams on a network that breaks at random: it comes back at once, with the id that it has. */
public final class CutOffClient implements AutoCloseable {
    private static final int OFTEN = 1500; // messages at most between two cuts

    private final CuttingProxy network;
    private final Random random;

    private CutOffClient(CuttingProxy network, int seed) {
        this.network = network;
        this.random = new Random(seed);
    }

    /** @param service the service, or a proxy in front of it */
    public static CutOffClient of(InetSocketAddress service, int seed) {
        return new CutOffClient(CuttingProxy.to(service), seed);
    }

    /**
     * Receives so many messages, and asserts that the client was never told that it missed one.
     *
     * @return their data
     */
    public List<String> receive(String path, int count) {
        URI uri = URI.create("http://localhost:" + network.port() + path);
        List<String> all = new ArrayList<>();
        String id = "";
        while (all.size() < count && !Thread.currentThread().isInterrupted()) {
            int wanted = Math.min(count - all.size(), random.nextInt(1, OFTEN));
            try (EventClient client = EventClient.open(uri, "Last-Event-ID", id)) {
                client.awaitMessagesOrEnd(wanted);
                network.cut();
                List<Event> events = client.awaitEnd();
                assertThat(events).noneMatch(event -> event.type().equals("reset"));
                events.stream()
                        .filter(event -> event.type().equals("message"))
                        .map(Event::data)
                        .forEach(all::add);
                id = client.lastEventId().isEmpty() ? id : client.lastEventId();
            } catch (UncheckedIOException e) {
                // broken before there was an answer
            }
        }
        return all;
    }

    @Override
    public void close() {
        network.close();
    }
}
