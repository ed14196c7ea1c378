package dev.pushwire.push;

import dev.pushwire.endpoint.Grant;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A session that keeps what it is sent, as {@code text:hello} or {@code binary:00ff}. */
public final class FakeSession implements Session {
    private static final AtomicInteger IDS = new AtomicInteger();

    private final String id = "session-" + IDS.incrementAndGet();
    private final Map<String, String> pathVariables;
    private final AtomicReference<Grant> grant;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<OutboundMessage> messages = new CopyOnWriteArrayList<>();
    private volatile CloseStatus closed;

    public FakeSession() {
        this(Map.of());
    }

    public FakeSession(Map<String, String> pathVariables) {
        this(pathVariables, null);
    }

    public FakeSession(Principal principal) {
        this(Map.of(), principal);
    }

    private FakeSession(Map<String, String> pathVariables, Principal principal) {
        this.pathVariables = pathVariables;
        this.grant = new AtomicReference<>(Grant.lasting(principal));
    }

    /** What was sent encoded. */
    public List<OutboundMessage> messages() {
        return messages;
    }

    public List<String> received() {
        return received;
    }

    /** What the endpoint closed it with; null while it is open. */
    public CloseStatus closed() {
        return closed;
    }

    @Override
    public void send(String text) {
        received.add("text:" + text);
    }

    @Override
    public void send(Text text) {
        received.add("text:" + text);
    }

    @Override
    public void send(ByteBuffer data) {
        received.add("binary:" + hex(data));
    }

    @Override
    public void send(OutboundMessage message) {
        messages.add(message);
        received.add(describe(message));
    }

    @Override
    public boolean offer(OutboundMessage message) {
        send(message);
        return true;
    }

    @Override
    public long backlog() {
        return 0;
    }

    @Override
    public void close(CloseStatus status) {
        closed = status;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Grant grant() {
        return grant.get();
    }

    @Override
    public boolean replaceGrant(Grant present, Grant next) {
        return closed == null && grant.compareAndSet(present, next);
    }

    @Override
    public String subprotocol() {
        return null;
    }

    @Override
    public Map<String, String> pathVariables() {
        return pathVariables;
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public boolean isOpen() {
        return closed == null;
    }

    /** Reads the frame as a client would: first byte 0x81 or 0x82, then the length, then the payload. */
    private static String describe(OutboundMessage message) {
        ByteBuffer frame = ByteBuffer.allocate(message.frame().size());
        message.frame().copyTo(frame, 0);
        frame.flip();
        boolean text = (frame.get() & 0xFF) == 0x81;
        int length = frame.get() & 0x7F;
        frame.position(length < 126 ? 2 : length == 126 ? 4 : 10);
        return text ? "text:" + StandardCharsets.UTF_8.decode(frame) : "binary:" + hex(frame);
    }

    private static String hex(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
