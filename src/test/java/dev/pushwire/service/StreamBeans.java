package dev.pushwire.service;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** A door for streams, {@code /stream}: each begins with a line, and all are in one group. */
final class StreamBeans {
    static final String HELLO = "hello\n";

    /** No endpoint itself: beans that are one have a path for WebSockets. */
    static final class Door {
        final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
        final BlockingQueue<CloseStatus> closed = new LinkedBlockingQueue<>();
        final SessionGroup group;

        Door(SessionGroup.Factory groups) {
            group = groups.create();
        }

        private final class Opened implements Endpoint {
            @Override
            public void onOpen(Session session, Handshake handshake) {
                session.send(HELLO);
                group.add(session);
                opened.add(session);
            }

            @Override
            public void onClose(Session session, CloseStatus status) {
                group.remove(session);
                closed.add(status);
            }
        }

        Endpoint endpoint() {
            return new Opened();
        }
    }

    private static final class DoorFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient Streams streams;
        private final transient EndpointBinding binding;

        DoorFilter(Streams streams, EndpointBinding binding) {
            this.streams = streams;
            this.binding = binding;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.getInputStream().readAllBytes();
            response.setContentType("text/event-stream");
            response.setHeader("X-Of-The-Door", "yes");
            Handshake handshake = Streams.handshake(request, "/stream", Map.of());
            Availability availability = streams.open(request, response, binding, handshake, AccessLease.lasting(null));
            if (availability != Availability.OPEN) {
                response.getWriter().print("unavailable: " + availability);
            }
        }
    }

    @Bean
    Door door(SessionGroup.Factory groups) {
        return new Door(groups);
    }

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(Streams streams, Door door) {
        StreamFormat format = new StreamFormat(
                "test",
                Heartbeat.whenQuiet(Duration.ofSeconds(2), OutboundMessage.text(":\n")),
                status -> OutboundMessage.text("bye " + status.code() + "\n"));
        FilterRegistrationBean<DoorFilter> filter = new FilterRegistrationBean<>(
                new DoorFilter(streams, streams.bind("/stream", door.endpoint(), Execution.EVENT_LOOP, format)));
        filter.addUrlPatterns("/stream");
        filter.setAsyncSupported(true);
        return filter;
    }
}
