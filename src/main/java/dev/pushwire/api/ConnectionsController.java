package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionInfo;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.Connections;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The connections of a principal on this instance, and closing them. */
@RestController
@RequestMapping("/api/connections")
final class ConnectionsController {
    private static final Logger log = LoggerFactory.getLogger(ConnectionsController.class);

    /** A principal with more has a problem of another kind. */
    private static final int MOST = 1000;

    private final Connections connections;
    private final Rights rights;

    ConnectionsController(Connections connections, Rights rights) {
        this.connections = connections;
        this.rights = rights;
    }

    /**
     * Connections of one principal.
     *
     * @param total how many there are, also beyond those listed
     * @param complete whether all event loops have answered
     */
    record ConnectionList(long total, List<ConnectionReport> connections, boolean complete) {}

    /** @param complete whether all event loops have answered; if not, there may be more to close */
    record Closed(int closed, boolean complete) {
        static Closed of(Connections.Closed closed) {
            return new Closed(closed.count(), closed.silentLoops().isEmpty());
        }
    }

    @GetMapping
    ConnectionList list(@RequestParam("principal") String principal, HttpServletRequest request) {
        rights.mayAdminister(request);
        Connections.Page found = connections.list(ConnectionFilter.of(named(principal)), ConnectionOrder.AGE, 0, MOST);
        return new ConnectionList(
                found.total(),
                found.connections().stream().map(ConnectionReport::of).toList(),
                found.silentLoops().isEmpty());
    }

    @GetMapping("/{id}")
    ConnectionReport one(@PathVariable("id") String id, HttpServletRequest request) {
        rights.mayAdminister(request);
        return connections.find(id).map(ConnectionReport::of).orElseThrow(Problems::noSuchConnection);
    }

    @DeleteMapping
    Closed disconnect(
            @RequestParam("principal") String principal,
            @RequestParam(name = "code", required = false) @Nullable Integer code,
            @RequestParam(name = "reason", required = false) @Nullable String reason,
            HttpServletRequest request) {
        rights.mayAdminister(request);
        CloseStatus status = status(code, reason);
        Connections.Closed closed = connections.close(ConnectionFilter.of(named(principal)), status);
        log.info("Closed {} connections of a principal with {}", closed.count(), status);
        return Closed.of(closed);
    }

    @DeleteMapping("/{id}")
    Closed disconnectOne(
            @PathVariable("id") String id,
            @RequestParam(name = "code", required = false) @Nullable Integer code,
            @RequestParam(name = "reason", required = false) @Nullable String reason,
            HttpServletRequest request) {
        rights.mayAdminister(request);
        Connections.Closed closed = connections.close(id, status(code, reason));
        if (closed.count() == 0 && closed.silentLoops().isEmpty()) {
            throw Problems.noSuchConnection();
        }
        return Closed.of(closed);
    }

    private static String named(String principal) {
        if (principal.isEmpty()) {
            throw Problems.badRequest("No principal", "Name the principal: ?principal=<name>.");
        }
        return principal;
    }

    private static CloseStatus status(@Nullable Integer code, @Nullable String reason) {
        int number = Objects.requireNonNullElse(code, CloseCode.GOING_AWAY);
        if (!CloseCode.mayBeSent(number)) {
            throw Problems.badRequest(
                    "Invalid close code", "A close code is from 1000 to 1003, 1007 to 1014, or 3000 to 4999.");
        }
        return new CloseStatus(number, Objects.requireNonNullElse(reason, "disconnected"));
    }

    /**
     * One connection.
     *
     * @param outboxBytes that wait for the client to read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConnectionReport(
            String id,
            String endpoint,
            String address,
            @Nullable String principal,
            @Nullable String subprotocol,
            boolean open,
            double ageSeconds,
            double idleSeconds,
            long outboxBytes) {
        static ConnectionReport of(ConnectionInfo info) {
            return new ConnectionReport(
                    info.id(),
                    info.endpoint(),
                    info.address(),
                    info.principal(),
                    info.subprotocol(),
                    info.open(),
                    info.age().toMillis() / 1000.0,
                    info.idle().toMillis() / 1000.0,
                    info.outboxBytes());
        }
    }
}
