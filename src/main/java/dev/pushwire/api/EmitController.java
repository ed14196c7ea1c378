package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.socketio.Arguments;
import dev.pushwire.socketio.SocketIo;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Emits events to Socket.IO clients, for back ends. An application with Socket.IO imports it. */
@RestController
public final class EmitController {
    private final SocketIo io;
    private final Rights rights;
    private final int bodyLimit;

    EmitController(SocketIo io, Rights rights, PublishLimits sizes) {
        this.io = io;
        this.rights = rights;
        this.bodyLimit = sizes.maxMessageSize();
    }

    /** The answer: the event is on its way. */
    record Emitted(String namespace, String event) {}

    @PostMapping("/api/emit")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Emitted emit(HttpServletRequest request) {
        rights.mayEmit(request); // first: a body is read only for a caller with the right
        EmitRequest wanted = JsonBody.read(request, bodyLimit, EmitRequest.class, EmitRequest.RULE);
        if (!wanted.isWhole()) {
            throw Problems.notJson(EmitRequest.RULE);
        }
        String namespace = Objects.requireNonNullElse(wanted.namespace(), "/");
        String event = Objects.requireNonNull(wanted.event());
        try {
            io.of(namespace)
                    .to(wanted.roomNames())
                    .except(wanted.exceptedNames())
                    .emit(event, Arguments.ofJson(wanted.json()));
        } catch (IllegalArgumentException e) {
            throw Problems.notJson(EmitRequest.RULE);
        } catch (BrokerUnavailableException e) {
            throw Problems.socketsUnavailable();
        }
        return new Emitted(namespace, event);
    }
}
