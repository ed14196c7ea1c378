package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one test see what an endpoint is told, and decide what it does. Each probe has a path of its own, on which
 * {@link TestBeans} answers. A list has the calls of its callbacks, in order.
 */
public final class Probe {
    private static final Map<String, Probe> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String path;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile Session session;
    private volatile Handshake handshake;
    private volatile Opening onHandshake = request -> {};
    private volatile Greeting onOpen = opened -> {};
    private volatile Answer onText = (from, text) -> {};

    /** What an endpoint does before it accepts a handshake. */
    public interface Opening {
        void consider(Handshake request) throws HandshakeRefusedException;
    }

    /** What an endpoint does when a connection opens. */
    public interface Greeting {
        void greet(Session session) throws Exception;
    }

    /** What an endpoint does with a text message. */
    public interface Answer {
        void answer(Session session, String text) throws Exception;
    }

    private Probe(Execution execution) {
        String name = Integer.toString(COUNT.incrementAndGet());
        this.path = "/probe/" + execution.name().toLowerCase(Locale.ROOT) + "/" + name;
        ALL.put(name, this);
    }

    public static Probe on(Execution execution) {
        return new Probe(execution);
    }

    public String path() {
        return path;
    }

    public Probe onHandshake(Opening opening) {
        this.onHandshake = opening;
        return this;
    }

    public Probe onOpen(Greeting greeting) {
        this.onOpen = greeting;
        return this;
    }

    public Probe onText(Answer answer) {
        this.onText = answer;
        return this;
    }

    /** Of the connection that opened last. */
    public Session session() {
        return session;
    }

    /** The request that the connection opened with that was opened last. */
    public Handshake handshake() {
        return handshake;
    }

    public void assertOpened() {
        assertNext("open");
    }

    public void assertText(String text) {
        assertNext("text " + text);
    }

    public void assertBinary(String hex) {
        assertNext("binary " + hex);
    }

    /** The endpoint learns how the connection ended, and nothing after that. */
    public void assertClosed(int code) {
        String last = next();
        assertThat(last).as("what the endpoint is told of the end").startsWith("close " + code);
        assertThat(told).as("what the endpoint is told behind the end").isEmpty();
    }

    public void assertClosed(int code, String reason) {
        assertNext("close " + code + " " + reason);
    }

    /** The connection ended without a closing handshake. */
    public void assertLost() {
        assertClosed(CloseCode.ABNORMAL_CLOSURE);
    }

    private void assertNext(String expected) {
        assertThat(next()).as("what the endpoint is told next").isEqualTo(expected);
    }

    private String next() {
        return Events.next(told);
    }

    /** The endpoint behind every probe of one execution. */
    abstract static class ProbedEndpoint implements Endpoint {
        private static Probe of(Map<String, String> pathVariables) {
            return ALL.get(pathVariables.get("name"));
        }

        @Override
        public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
            of(handshake.pathVariables()).onHandshake.consider(handshake);
        }

        @Override
        public void onOpen(Session session, Handshake handshake) throws Exception {
            Probe probe = of(handshake.pathVariables());
            probe.session = session;
            probe.handshake = handshake;
            probe.told.add("open");
            probe.onOpen.greet(session);
        }

        @Override
        public void onText(Session session, Text text) throws Exception {
            Probe probe = of(session.pathVariables());
            probe.told.add("text " + text);
            probe.onText.answer(session, text.toString());
        }

        @Override
        public void onBinary(Session session, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            of(session.pathVariables()).told.add("binary " + HexFormat.of().formatHex(bytes));
        }

        @Override
        public void onClose(Session session, CloseStatus status) {
            of(session.pathVariables()).told.add("close " + status.code() + " " + status.reason());
        }
    }
}
