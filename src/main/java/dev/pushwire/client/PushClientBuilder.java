package dev.pushwire.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a {@link PushClient} is to be. Not thread-safe. */
public final class PushClientBuilder {
    private final URI address;
    private @Nullable HttpClient http;
    private @Nullable Supplier<String> token;
    private int mostPending = 1000;

    PushClientBuilder(URI address) {
        this.address = address;
    }

    /**
     * The HTTP client that makes the connections; by default one with virtual threads, which ends with the push client. Its executor
     * runs the listeners. The one given here stays the caller's to close.
     */
    public PushClientBuilder http(HttpClient client) {
        this.http = client;
        return this;
    }

    /**
     * Where tokens come from. It is asked before each connection, and some 30 seconds before a token expires; it may block. Without it
     * the client is anonymous.
     */
    public PushClientBuilder token(Supplier<String> source) {
        this.token = source;
        return this;
    }

    /** How many publications may wait for their answers, while the client is not connected, too; 1,000 by default, at least 1. */
    public PushClientBuilder mostPending(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one command must be able to wait, not " + most);
        }
        this.mostPending = most;
        return this;
    }

    /** Begins to connect, and goes on until it is closed. Does not wait. */
    public PushClient connect() {
        HttpClient client = http != null
                ? http
                : HttpClient.newBuilder().executor(Thread::startVirtualThread).build();
        PushClient made = new PushClient(
                address,
                client,
                http == null,
                token,
                new Commands(mostPending, System::nanoTime),
                new Backoff(new Random()));
        made.connect();
        return made;
    }
}
