package dev.pushwire.bench.peer;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** Spring's WebSocketHandler on Tomcat's engine: what Spring Boot's WebSocket starter gives. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSocket
public class SpringPeer implements WebSocketConfigurer {
    /** Tomcat's property for how long a send may block: 20 s by default. A broadcast waits for each of its members. */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final long SEND_TIME_LIMIT_MILLIS = 2000;
    /** A client that is this many bytes behind is disconnected. */
    private static final int LARGEST_BACKLOG = 1 << 20;

    /**
     * Serves until it is stopped.
     *
     * @param arguments port, largest message
     */
    public static void main(String[] arguments) {
        System.setProperty("largestMessage", arguments[1]);
        SpringApplication.run(
                SpringPeer.class,
                "--server.port=" + arguments[0],
                "--server.address=127.0.0.1",
                "--server.tomcat.accept-count=4096",
                "--server.tomcat.max-connections=20000");
    }

    /** Does what the starter's module would do, so that it is not needed. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> engine() {
        return factory ->
                factory.addContextCustomizers(context -> context.addServletContainerInitializer(new WsSci(), null));
    }

    /** Tomcat holds buffers of this size for each session from its beginning, so it is as small as can be. */
    @Bean
    ServletServerContainerFactoryBean container() {
        int largestMessage = Integer.getInteger("largestMessage");
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(largestMessage);
        container.setMaxBinaryMessageBufferSize(largestMessage);
        return container;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new Echo(), "/echo").addHandler(new Chat(), "/chat");
    }

    private static final class Echo extends AbstractWebSocketHandler {
        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
            session.sendMessage(message);
        }

        @Override
        protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws IOException {
            session.sendMessage(message);
        }
    }

    /** A session takes one sender at a time, which the decorator from Spring's documentation ensures. */
    private static final class Chat extends TextWebSocketHandler {
        private final Map<String, WebSocketSession> members = new ConcurrentHashMap<>();

        @Override
        public void afterConnectionEstablished(WebSocketSession session) {
            if (session instanceof StandardWebSocketSession standard) {
                standard.getNativeSession().getUserProperties().put(SEND_TIMEOUT, SEND_TIME_LIMIT_MILLIS);
            }
            members.put(
                    session.getId(),
                    new ConcurrentWebSocketSessionDecorator(session, (int) SEND_TIME_LIMIT_MILLIS, LARGEST_BACKLOG));
        }

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) {
            for (WebSocketSession member : members.values()) {
                try {
                    member.sendMessage(message);
                } catch (IOException | RuntimeException e) {
                    giveUp(member);
                }
            }
        }

        private void giveUp(WebSocketSession member) {
            members.remove(member.getId());
            try {
                member.close(CloseStatus.SESSION_NOT_RELIABLE);
            } catch (IOException e) {
                System.err.println(e);
            }
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
            members.remove(session.getId());
        }
    }
}
