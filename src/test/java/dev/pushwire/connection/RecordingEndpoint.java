package dev.pushwire.connection;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AsyncEndpoint;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Keeps what it is told, as {@code open}, {@code text hello}, {@code close 1000 bye}, and then does what a test wants. */
final class RecordingEndpoint implements AsyncEndpoint {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private final List<Session> sessions = new CopyOnWriteArrayList<>(); // of open, text and binary

    volatile Callback<Handshake> onOpen = (_, _) -> {};
    volatile Callback<Text> onText = (_, _) -> {};
    volatile Callback<ByteBuffer> onBinary = (_, _) -> {};
    volatile Callback<CloseStatus> onClose = (_, _) -> {};
    volatile Function<String, CompletableFuture<Void>> onTextAsync = _ -> null;

    /** What a test does in a callback. */
    interface Callback<T> {
        void call(Session session, T what) throws Exception;
    }

    List<String> calls() {
        return calls;
    }

    /** The sessions of the calls, without the last one. */
    List<Session> sessions() {
        return sessions;
    }

    /** Only the messages. */
    List<String> messages() {
        return calls.stream()
                .filter(Predicate.not(call -> call.startsWith("open") || call.startsWith("close")))
                .toList();
    }

    /** Whether it was told that the connection is over. */
    boolean isTold() {
        return calls.stream().anyMatch(call -> call.startsWith("close"));
    }

    void echo() {
        onText = Session::send;
        onBinary = Session::send;
    }

    /** Does the same in a callback with any argument. */
    void in(String callback, Callback<Object> what) {
        switch (callback) {
            case "onOpen" -> onOpen = what::call;
            case "onText" -> onText = what::call;
            case "onBinary" -> onBinary = what::call;
            case "onClose" -> onClose = what::call;
            default -> throw new IllegalArgumentException(callback);
        }
    }

    @Override
    public void onOpen(Session session, Handshake handshake) throws Exception {
        sessions.add(session);
        calls.add("open");
        onOpen.call(session, handshake);
    }

    @Override
    public CompletableFuture<Void> onTextAsync(Session session, Text text) {
        String content = text.toString();
        CompletableFuture<Void> begun = onTextAsync.apply(content);
        if (begun != null) {
            sessions.add(session);
            calls.add("async " + content);
        }
        return begun;
    }

    @Override
    public void onText(Session session, Text text) throws Exception {
        sessions.add(session);
        calls.add("text " + text);
        onText.call(session, text);
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) throws Exception {
        sessions.add(session);
        calls.add("binary " + Wire.shown(data));
        onBinary.call(session, data);
    }

    @Override
    public void onClose(Session session, CloseStatus status) throws Exception {
        calls.add("close " + Wire.shown(status));
        onClose.call(session, status);
    }
}
