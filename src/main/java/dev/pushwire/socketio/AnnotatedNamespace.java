package dev.pushwire.socketio;

import dev.pushwire.endpoint.Handshake;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** A namespace, or the namespaces of a pattern, that annotated beans serve. */
final class AnnotatedNamespace implements NamespaceHandler {
    private static final List<Class<?>> TO_CONNECT = List.of(Socket.class, Handshake.class);
    private static final List<Class<?>> OF_EVENT = List.of(Socket.class, Ack.class, Arguments.class);
    private static final List<Class<?>> OF_END = List.of(Socket.class, DisconnectReason.class);
    private static final @Nullable Object[] NOTHING = {};

    private final SocketIoNamespace mapping;
    private final ArgumentCodec codec;
    private final List<HandlerMethod> beforeConnect = new ArrayList<>();
    private final List<HandlerMethod> onConnect = new ArrayList<>();
    private final List<HandlerMethod> onDisconnecting = new ArrayList<>();
    private final List<HandlerMethod> onDisconnect = new ArrayList<>();
    private final Map<String, HandlerMethod> onEvent = new HashMap<>();

    private AnnotatedNamespace(SocketIoNamespace mapping, ArgumentCodec codec) {
        this.mapping = mapping;
        this.codec = codec;
        if (mapping.pattern().isEmpty() && !mapping.value().startsWith("/")) {
            throw new IllegalStateException(
                    "The name of the Socket.IO namespace '" + mapping.value() + "' must begin with /");
        }
    }

    /** The namespaces that these beans serve. */
    static Collection<AnnotatedNamespace> of(List<?> beans, ArgumentCodec codec) {
        Map<SocketIoNamespace, AnnotatedNamespace> namespaces = new LinkedHashMap<>();
        for (Object bean : beans) {
            namespaces
                    .computeIfAbsent(mapping(bean), mapping -> new AnnotatedNamespace(mapping, codec))
                    .add(bean);
        }
        return namespaces.values();
    }

    private static SocketIoNamespace mapping(Object bean) {
        for (Class<?> type = bean.getClass(); type != null; type = type.getSuperclass()) {
            SocketIoNamespace mapping = type.getAnnotation(SocketIoNamespace.class);
            if (mapping != null) {
                return mapping;
            }
        }
        throw new IllegalStateException(bean.getClass() + " has no @SocketIoNamespace");
    }

    private void add(Object bean) {
        collect(bean, BeforeConnect.class, TO_CONNECT, 1, beforeConnect);
        collect(bean, OnConnect.class, TO_CONNECT, 1, onConnect);
        collect(bean, OnDisconnecting.class, OF_END, 0, onDisconnecting);
        collect(bean, OnDisconnect.class, OF_END, 0, onDisconnect);
        for (Method method : HandlerMethod.annotated(bean, OnEvent.class)) {
            String event = method.getAnnotation(OnEvent.class).value();
            if (PacketReader.RESERVED_EVENTS.contains(event)) {
                throw new IllegalStateException(
                        "'" + event + "' is a reserved event name, and cannot have a handler: " + method);
            }
            HandlerMethod handler = new HandlerMethod(bean, method, OF_EVENT, Integer.MAX_VALUE, codec);
            HandlerMethod other = onEvent.put(event, handler);
            if (other != null) {
                throw new IllegalStateException("The event '" + event + "' of the Socket.IO namespace " + label()
                        + " has two handlers, and may have only one: " + other.method() + " and " + method);
            }
        }
    }

    private void collect(
            Object bean,
            Class<? extends Annotation> annotation,
            List<Class<?>> known,
            int read,
            List<HandlerMethod> to) {
        for (Method method : HandlerMethod.annotated(bean, annotation)) {
            to.add(new HandlerMethod(bean, method, known, read, codec));
        }
    }

    void register(Namespaces namespaces) {
        if (mapping.pattern().isEmpty()) {
            namespaces.serve(mapping.value(), this);
        } else {
            namespaces.serve(Pattern.compile(mapping.pattern()), this);
        }
    }

    @Override
    public String label() {
        return mapping.pattern().isEmpty() ? mapping.value() : mapping.pattern();
    }

    @Override
    public boolean decides() {
        return !beforeConnect.isEmpty();
    }

    @Override
    public boolean wantsHandshake() {
        return Stream.concat(beforeConnect.stream(), onConnect.stream())
                .anyMatch(method -> method.takes(Handshake.class));
    }

    @Override
    public boolean recovers() {
        return mapping.recovers();
    }

    @Override
    public void beforeConnect(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake)
            throws Exception {
        callAll(beforeConnect, socket, auth, handshake);
    }

    @Override
    public void connected(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) throws Exception {
        callAll(onConnect, socket, auth, handshake);
    }

    private void callAll(
            List<HandlerMethod> methods, ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake)
            throws Exception {
        List<Object> given = handshake == null ? List.of(socket) : List.of(socket, handshake);
        for (HandlerMethod method : methods) {
            List<ObjectReader> readers = method.readers();
            Object read = auth == null || readers.isEmpty() ? null : readAuth(auth, readers.getFirst());
            Object _ = method.call(given, new @Nullable Object[] {read});
        }
    }

    @Override
    public boolean event(ServerSocket socket, String name, Arguments arguments, EventAck ack) throws Exception {
        HandlerMethod method = onEvent.get(name);
        if (method == null) {
            return false;
        }
        @Nullable Object[] read = method.readers().isEmpty() ? NOTHING : readArguments(arguments, method.readers());
        Object result = method.call(List.of(socket, ack, arguments), read);
        if (!method.takes(Ack.class) && ack.isWanted()) {
            answer(method, result, ack);
        }
        return true;
    }

    private @Nullable Object readAuth(String auth, ObjectReader reader) throws PacketException {
        try {
            return codec.decode(auth, reader);
        } catch (IllegalArgumentException e) {
            throw new PacketException("auth that the handler does not take");
        }
    }

    private @Nullable Object[] readArguments(Arguments arguments, List<ObjectReader> readers) throws PacketException {
        try {
            return codec.decode(arguments, readers);
        } catch (IllegalArgumentException e) {
            throw new PacketException("arguments that the handler does not take: " + e.getMessage());
        }
    }

    private static void answer(HandlerMethod method, @Nullable Object result, Ack ack) throws Exception {
        if (result instanceof CompletionStage<?> later) {
            ack.send(later.toCompletableFuture().get());
        } else if (method.method().getReturnType() == void.class) {
            ack.send();
        } else {
            ack.send(result);
        }
    }

    @Override
    public void disconnecting(ServerSocket socket, DisconnectReason reason) throws Exception {
        callAll(onDisconnecting, socket, reason);
    }

    @Override
    public void disconnected(ServerSocket socket, DisconnectReason reason) throws Exception {
        callAll(onDisconnect, socket, reason);
    }

    private static void callAll(List<HandlerMethod> methods, ServerSocket socket, DisconnectReason reason)
            throws Exception {
        for (HandlerMethod method : methods) {
            Object _ = method.call(List.of(socket, reason), NOTHING);
        }
    }
}
