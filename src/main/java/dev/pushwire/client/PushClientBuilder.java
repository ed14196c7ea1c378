package dev.pushwire.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link PushClient}. Not thread-safe. */
public final class PushClientBuilder {
    private final URI address;
    private @Nullable HttpClient http;
    private @Nullable Supplier<String> token;
    private int mostPending = 1000;

    PushClientBuilder(URI address) {
        this.address = address;
    }

    /**
     * Sets the HTTP client that makes the connections. Its executor runs the listeners. The caller closes it. By
     * default the push client makes one with virtual threads, and closes it.
     */
    public PushClientBuilder http(HttpClient client) {
        this.http = client;
        return this;
    }

    /**
     * Sets the source of tokens. The client asks it before each connection, and about 30 seconds before a token
     * expires. If the source throws, or the service refuses the token, the client asks again a little later. The source
     * may block. Without a source the client is anonymous.
     */
    public PushClientBuilder token(Supplier<String> source) {
        this.token = source;
        return this;
    }

    /**
     * Sets how many publications may wait for their answers, also while the client is not connected: 1,000 by default.
     *
     * @param most at least 1
     */
    public PushClientBuilder mostPending(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one command must be able to wait, not " + most);
        }
        this.mostPending = most;
        return this;
    }

    /**
     * Makes the client, which begins to connect and goes on until it is closed. The method does not wait for a
     * connection.
     */
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
                new Backoff(new Random(), System::nanoTime));
        made.connect();
        return made;
    }
}
