package dev.pushwire.service;

import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.service.Probe.ProbedEndpoint;
import dev.pushwire.socketio.Arguments;
import dev.pushwire.socketio.OnConnect;
import dev.pushwire.socketio.OnEvent;
import dev.pushwire.socketio.Socket;
import dev.pushwire.socketio.SocketIoNamespace;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/**
 * Beans that the tests add to the service, as an application would. The class carries no annotation on purpose: it lies
 * in the packages that the service scans, and is to be found only where a test names it.
 */
final class TestBeans {
    /** A request is from the principal that this header names. */
    static final String USER_HEADER = "X-Test-User";

    @EndpointMapping(
            value = {"/probe/event_loop/{name}", "/probe/event_loop/{name}/{more}"},
            subprotocols = {"v2.probe", "v1.probe"},
            execution = Execution.EVENT_LOOP)
    private static final class LoopEndpoint extends ProbedEndpoint {}

    @EndpointMapping(
            value = {"/probe/virtual_thread/{name}", "/probe/virtual_thread/{name}/{more}"},
            subprotocols = {"v2.probe", "v1.probe"})
    private static final class VirtualThreadEndpoint extends ProbedEndpoint {}

    @Bean
    ProbedEndpoint loopProbe() {
        return new LoopEndpoint();
    }

    @Bean
    ProbedEndpoint virtualThreadProbe() {
        return new VirtualThreadEndpoint();
    }

    /** A namespace for Socket.IO clients, besides the service's own namespaces. */
    @SocketIoNamespace("/questions")
    private static final class Questions {
        @OnConnect
        void connected(Socket socket, @Nullable JsonNode auth) {
            socket.emit("auth", auth);
        }

        @OnEvent("message")
        void message(Socket socket, Arguments arguments) {
            socket.emit("message-back", arguments);
        }

        /** Asks back, and waits for the answer. */
        @OnEvent("ask")
        void ask(Socket socket, String text) {
            socket.emit("answered", socket.emitWithAck("question", text).join().get(String.class));
        }
    }

    @Bean
    Object questions() {
        return new Questions();
    }

    /** Stands for an application's security: wraps the request of a known user. */
    @Bean
    FilterRegistrationBean<Filter> userFilter() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            String user = ((HttpServletRequest) request).getHeader(USER_HEADER);
            chain.doFilter(user == null ? request : new RequestOf(user, (HttpServletRequest) request), response);
        });
        filter.setOrder(0);
        return filter;
    }

    private static final class RequestOf extends HttpServletRequestWrapper {
        private final String user;

        RequestOf(String user, HttpServletRequest request) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }
    }
}
