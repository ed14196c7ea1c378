package dev.pushwire.client;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicPattern;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of {@code /push} that connects again by itself. When the connection breaks, the client waits, connects,
 * subscribes again from its last positions, and receives what it missed. Each wait is longer than the one before, and
 * random. Publications without an answer are sent again with the same idempotency key, so the service publishes them
 * once. A publication fails instead if it was first sent so long ago that the service has forgotten its key.
 *
 * <p>Thread-safe. Listeners run on threads of the HTTP client, one at a time. The service sends no faster than they
 * return.
 */
public final class PushClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PushClient.class);

    private static final String SUBPROTOCOL = "pushwire.v1.json";
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    /** The close code for too many commands in a second. */
    private static final int TOO_MANY_COMMANDS = 4429;

    private final URI address;
    private final HttpClient http;
    private final boolean ownsHttp;
    private final @Nullable Supplier<String> token;
    private final Timers timers;
    private final SilenceWatch watch;
    private final Commands commands;
    private final Pace pace = new Pace(System::nanoTime);
    private final Backoff backoff; // guarded by this, as are the next
    private @Nullable Socket current;
    private @Nullable Sender sender; // of the current one
    private boolean isUp; // whether commands may be sent
    private boolean closed;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Subscribing subscribing;
    private final JsonMapper json = JsonMapper.shared();

    /** @param ownsHttp whether this client closes the HTTP client */
    PushClient(
            URI address,
            HttpClient http,
            boolean ownsHttp,
            @Nullable Supplier<String> token,
            Commands commands,
            Backoff backoff) {
        this.address = address;
        this.http = http;
        this.ownsHttp = ownsHttp;
        this.timers = new Timers(http.executor().orElse(Thread::startVirtualThread));
        this.watch = new SilenceWatch(timers, this::ping);
        this.token = token;
        this.commands = commands;
        this.backoff = backoff;
        this.subscribing = new Subscribing(
                subscriptions, commands, this::write, again -> timers.after(nextWait(), () -> ifUp(again)));
    }

    /**
     * Begins to build a client of the service at this address.
     *
     * @param address such as {@code wss://push.example.com/push}
     */
    public static PushClientBuilder of(URI address) {
        return new PushClientBuilder(address);
    }

    /**
     * Subscribes to a topic or pattern from now on.
     *
     * @throws IllegalArgumentException if the text is neither a topic nor a pattern
     */
    public PushSubscription subscribe(String topic, Consumer<Message> listener) {
        return subscribe(topic, null, listener);
    }

    /**
     * Subscribes to a topic or pattern. Two subscriptions to one topic share one subscription on the connection. The
     * second one begins where the first is.
     *
     * @param topic a name or a pattern
     * @param since the position to continue from; null for now; always null for a pattern
     * @throws IllegalArgumentException if the text is neither a topic nor a pattern
     */
    public synchronized PushSubscription subscribe(String topic, @Nullable Position since, Consumer<Message> listener) {
        TopicPattern pattern = new TopicPattern(topic);
        SharedSubscription known = subscriptions.get(pattern.value());
        SharedSubscription shared = known == null ? new SharedSubscription(pattern, since) : known;
        PushSubscription subscription = new PushSubscription(this, shared, listener);
        shared.subscriptions().add(subscription);
        if (known == null) {
            subscriptions.add(shared);
            ifUp(() -> subscribing.begin(List.of(shared)));
        }
        if (closed) {
            shared.close();
        }
        return subscription;
    }

    /**
     * Publishes a text. The result completes with the position when the service has the publication, or fails with a
     * {@link PushException}.
     */
    public CompletableFuture<Position> publish(String topic, String text) {
        return publish(publication(topic).put("data", text));
    }

    /** Publishes JSON. The result is that of {@link #publish}. */
    public CompletableFuture<Position> publishJson(String topic, JsonNode value) {
        return publish(publication(topic).set("data", value));
    }

    /**
     * Publishes the bytes from position to limit; the buffer's position stays. The result is that of {@link #publish}.
     */
    public CompletableFuture<Position> publishBytes(String topic, ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return publish(publication(topic)
                .put("data", Base64.getEncoder().encodeToString(bytes))
                .put("encoding", "base64"));
    }

    private ObjectNode publication(String topic) {
        return command("publish")
                .put("topic", topic)
                .put("idempotencyKey", UUID.randomUUID().toString());
    }

    private CompletableFuture<Position> publish(ObjectNode command) {
        return send(command, true).thenApply(Subscriptions::position);
    }

    private ObjectNode command(String type) {
        // an error about what stands behind the id has it
        return json.createObjectNode().put("id", 0).put("type", type);
    }

    private void ping() {
        var _ = send(command("ping"), false);
    }

    private CompletableFuture<JsonNode> send(ObjectNode command, boolean repeated) {
        CompletableFuture<JsonNode> answer = commands.add(command, repeated);
        if (!answer.isDone()) {
            ifUp(() -> write(command));
        }
        return answer;
    }

    private synchronized void ifUp(Runnable action) {
        if (isUp) {
            action.run();
        }
    }

    private synchronized void write(ObjectNode command) {
        if (sender != null) {
            commands.sent(command);
            sender.push(command.toString());
        }
    }

    /** Tries to connect once. */
    void connect() {
        Socket socket = new Socket(new Life());
        synchronized (this) {
            if (closed) {
                return;
            }
            current = socket;
            sender = new Sender(socket::send, pace, timers);
        }
        var _ = http.newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(HANDSHAKE)
                .buildAsync(address, socket)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        socket.failed(
                                failure instanceof CompletionException e && e.getCause() != null
                                        ? e.getCause()
                                        : failure);
                    }
                });
    }

    /** One connection, from the first attempt to its end. */
    private final class Life implements Socket.Owner {
        @Override
        public void opened(Socket socket) {
            watch.begin(socket);
            pace.begin();
            if (token == null) {
                ask(socket);
            } else {
                authenticate(socket, true);
            }
        }

        @Override
        public void received(Socket socket, String line) {
            try {
                take(json.readTree(line));
            } catch (JacksonException e) {
                log.warn("The service at {} sent a message that is not JSON", address);
            } catch (RuntimeException e) {
                log.error("A listener of {} failed", address, e);
            }
        }

        private void take(JsonNode message) {
            switch (message.path("type").asString("")) {
                case "publication" -> subscriptions.deliver(message);
                case "subscribed" -> subscriptions.begin(message);
                case "resumed" -> subscriptions.resumed(message);
                case "error" -> subscribing.refused(message);
                default -> {}
            }
            if (message.has("id")) {
                commands.answered(message.path("id").asLong(), message);
            }
        }

        @Override
        public void ended(Socket socket, int code, String reason) {
            boolean again;
            Duration wait;
            synchronized (PushClient.this) {
                isUp = false;
                again = !closed;
                subscriptions.all().forEach(SharedSubscription::rest);
                if (sender != null && socket == current) {
                    sender.stop();
                }
                wait = backoff.afterEnd().plus(RetryAfter.of(reason));
            }
            if (code == TOO_MANY_COMMANDS) {
                pace.slower();
            }
            commands.connectionEnded();
            if (again) {
                log.debug(
                        "The connection to {} ended with {} {}: the next attempt is in {}",
                        address,
                        code,
                        reason,
                        wait);
                timers.after(wait, PushClient.this::connect);
            }
        }
    }

    /**
     * Asks a service that has accepted the client for its limits. A service that does not know the question has none.
     */
    private void ask(Socket socket) {
        ObjectNode command = command("connect");
        CompletableFuture<JsonNode> answer = commands.add(command, false);
        socket.send(command.toString());
        var _ = answer.whenComplete((connected, refusal) -> {
            if (!socket.isOver()) {
                pace.told(refusal == null ? commandsPerSecond(connected) : 0);
                commands.giveUpLate();
                up(socket);
            }
        });
    }

    private static int commandsPerSecond(JsonNode connected) {
        return connected.path("limits").path("commandsPerSecond").asInt(0);
    }

    /** The connection is up: the client subscribes and sends again. */
    private synchronized void up(Socket socket) {
        if (current == socket && !isUp && !socket.isOver()) { // else its end has come already, and would be missed
            isUp = true;
            backoff.up();
            subscribing.begin(subscriptions.all());
            commands.repeated().forEach(this::write);
        }
    }

    private void authenticate(Socket socket, boolean first) {
        ObjectNode command = command("authenticate");
        try {
            command.put("token", Objects.requireNonNull(token).get());
        } catch (RuntimeException e) {
            log.warn("The token supplier failed for {}", address, e);
            notAuthenticated(socket, first);
            return;
        }
        CompletableFuture<JsonNode> answer = commands.add(command, false);
        socket.send(command.toString());
        var _ = answer.whenComplete((accepted, refusal) -> {
            if (refusal == null) {
                renewAfter(TokenRenewal.wait(accepted), socket);
                if (first) {
                    ask(socket);
                }
            } else if (refusal instanceof PushException e && !e.code().equals("closed")) {
                log.warn("{} refused the token: {}", address, refusal.getMessage());
                notAuthenticated(socket, first);
            }
        });
    }

    /** The token before still holds for a while. */
    private void notAuthenticated(Socket socket, boolean first) {
        if (first) {
            socket.abort();
        } else {
            renewAfter(TokenRenewal.again(), socket);
        }
    }

    private void renewAfter(Duration wait, Socket socket) {
        timers.after(wait, () -> ifCurrent(socket, () -> authenticate(socket, false)));
    }

    private void ifCurrent(Socket socket, Runnable action) {
        boolean isCurrent;
        synchronized (this) {
            isCurrent = current == socket && isUp;
        }
        if (isCurrent) {
            action.run();
        }
    }

    private synchronized Duration nextWait() {
        return backoff.next();
    }

    synchronized void leave(SharedSubscription shared, PushSubscription subscription) {
        shared.subscriptions().remove(subscription);
        if (shared.subscriptions().isEmpty() && subscriptions.remove(shared)) {
            ifUp(() -> {
                var _ = send(command("unsubscribe").put("topic", shared.topic()), false);
            });
        }
    }

    /**
     * Closes the connection for good. Commands without an answer fail, and so do subscriptions that are not ready. No
     * call of a listener begins from here on. The method does not wait for the service's goodbye.
     */
    @Override
    public void close() {
        Socket last;
        synchronized (this) {
            closed = true;
            isUp = false;
            last = current;
        }
        timers.close();
        subscriptions.all().forEach(SharedSubscription::close);
        if (last != null) {
            last.close();
        }
        commands.close();
        if (ownsHttp) {
            http.shutdown(); // once the connection is over
        }
    }
}
