package dev.pushwire.metrics;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionInfo;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.Connections;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.unit.DataSize;

/**
 * {@code /actuator/websockets}: lists the open connections, and closes some by hand. Closing is off unless
 * {@code management.endpoint.websockets.access=unrestricted}.
 */
@Endpoint(id = WebSocketsEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class WebSocketsEndpoint {
    /** The name of the endpoint, and the last part of its path. */
    public static final String ID = "websockets";

    private static final int DEFAULT_SIZE = 50;
    /**
     * The end of the last page. Each loop collects all connections before the end of a page, and no operator reads
     * further than this.
     */
    private static final int FURTHEST = 100_000;

    private static final int MAX_SIZE = 1000;

    private final Connections connections;
    private final OperatorAudit audit;

    public WebSocketsEndpoint(Connections connections, OperatorAudit audit) {
        this.connections = connections;
        this.audit = audit;
    }

    /**
     * A page of connections.
     *
     * @param total how many there are on all pages
     * @param silentLoops the event loops that did not answer in time, whose connections are missing
     */
    public record Page(long total, int page, int size, List<ConnectionView> connections, List<Integer> silentLoops) {}

    /** A connection as JSON. */
    public record ConnectionView(
            String id,
            String endpoint,
            String transport,
            String address,
            @Nullable String principal,
            @Nullable String subprotocol,
            boolean compressed,
            int loop,
            String state,
            double ageSeconds,
            double idleSeconds,
            long outboxBytes) {
        static ConnectionView of(ConnectionInfo info) {
            return new ConnectionView(
                    info.id(),
                    info.endpoint(),
                    info.transport(),
                    info.address(),
                    info.principal(),
                    info.subprotocol(),
                    info.compressed(),
                    info.loop(),
                    info.open() ? "open" : "closing",
                    info.age().toMillis() / 1000.0,
                    info.idle().toMillis() / 1000.0,
                    info.outboxBytes());
        }
    }

    /** @param sort what comes first: the fullest outbox, by default; the oldest, the most idle */
    @ReadOperation
    public Page list(
            @Nullable String endpoint,
            @Nullable String address,
            @Nullable String principal,
            @Nullable Duration minAge,
            @Nullable DataSize minOutbox,
            @Nullable ConnectionOrder sort,
            @Nullable Integer page,
            @Nullable Integer size) {
        int number = Objects.requireNonNullElse(page, 0);
        int length = Objects.requireNonNullElse(size, DEFAULT_SIZE);
        require(length >= 1 && length <= MAX_SIZE, "size is from 1 to " + MAX_SIZE);
        require(
                number >= 0 && (number + 1L) * length <= FURTHEST,
                "page begins at 0 and ends at " + FURTHEST + " connections");
        ConnectionFilter filter = filter(endpoint, address, principal, minAge, minOutbox);
        audit.read(filter.toString());
        Connections.Page found = connections.list(
                filter, Objects.requireNonNullElse(sort, ConnectionOrder.OUTBOX), number * length, length);
        return new Page(
                found.total(),
                number,
                length,
                found.connections().stream().map(ConnectionView::of).toList(),
                found.silentLoops());
    }

    /** One connection; 404 if no connection has the id. */
    @ReadOperation
    public @Nullable ConnectionView connection(@Selector String id) {
        audit.read("connection " + id);
        return connections.find(id).map(ConnectionView::of).orElse(null);
    }

    /**
     * Closes the connections that the filter selects.
     *
     * @param all must be true if there is no filter, so that no operator closes all by accident
     */
    @DeleteOperation
    public Connections.Closed close(
            @Nullable String endpoint,
            @Nullable String address,
            @Nullable String principal,
            @Nullable Duration minAge,
            @Nullable DataSize minOutbox,
            @Nullable Boolean all,
            @Nullable Integer code,
            @Nullable String reason) {
        ConnectionFilter filter = filter(endpoint, address, principal, minAge, minOutbox);
        require(
                !filter.isOpenToAll() || Boolean.TRUE.equals(all),
                "name endpoint, address, principal, minAge or minOutbox, or say all=true");
        CloseStatus status = status(code, reason);
        Connections.Closed closed = connections.close(filter, status);
        audit.closed(filter.toString(), closed, status);
        return closed;
    }

    /** Closes one connection; 404 if no connection has the id. */
    @DeleteOperation
    public WebEndpointResponse<Connections.Closed> closeOne(
            @Selector String id, @Nullable Integer code, @Nullable String reason) {
        CloseStatus status = status(code, reason);
        Connections.Closed closed = connections.close(id, status);
        if (closed.count() == 0 && closed.silentLoops().isEmpty()) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        audit.closed("connection " + id, closed, status);
        return new WebEndpointResponse<>(closed);
    }

    private static ConnectionFilter filter(
            @Nullable String endpoint,
            @Nullable String address,
            @Nullable String principal,
            @Nullable Duration minAge,
            @Nullable DataSize minOutbox) {
        return new ConnectionFilter(
                endpoint,
                address,
                principal,
                Objects.requireNonNullElse(minAge, Duration.ZERO),
                minOutbox == null ? 0 : minOutbox.toBytes());
    }

    private static CloseStatus status(@Nullable Integer code, @Nullable String reason) {
        int number = Objects.requireNonNullElse(code, CloseCode.GOING_AWAY);
        require(
                CloseCode.mayBeSent(number),
                "code is a close code that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999");
        return new CloseStatus(number, Objects.requireNonNullElse(reason, ""));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidEndpointRequestException(rule, rule);
        }
    }
}
