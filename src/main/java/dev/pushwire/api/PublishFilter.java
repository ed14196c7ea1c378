package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TooManyTopicsException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * A short way for {@code POST /topics/{topic}}: it answers as {@link TopicController} does, without the dispatcher
 * servlet, which costs more than publishing. A request in any but the plainest form takes the usual way.
 */
public final class PublishFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String TOPICS = "/topics/";
    private static final String PATTERN = "/topics/{topic}";

    private final transient TopicPublisher publisher;
    private final transient ApiFailures failures;

    PublishFilter(TopicPublisher publisher, ApiFailures failures) {
        this.publisher = publisher;
        this.failures = failures;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String topic = topic(request);
        if (topic == null) {
            chain.doFilter(request, response);
            return;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observation -> observation.setPathPattern(PATTERN));
        publish(topic, request, response);
    }

    /** The topic in the path; null for another request. */
    private static @Nullable String topic(HttpServletRequest request) {
        if (!request.getMethod().equals("POST") || request.getHeader("Upgrade") != null) {
            return null;
        }
        String uri = request.getRequestURI();
        int start = request.getContextPath().length();
        if (!uri.startsWith(TOPICS, start)) {
            return null;
        }
        String name = uri.substring(start + TOPICS.length());
        return isPlain(name) ? name : null;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('%') < 0 && name.indexOf(';') < 0;
    }

    private void publish(String topic, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            byte[] answer = publisher.publish(topic, request).json().getBytes(StandardCharsets.US_ASCII);
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        } catch (ErrorResponseException e) {
            ApiErrors.answer(e.getBody(), e.getHeaders(), request, response);
        } catch (BrokerUnavailableException e) {
            failures.unavailable(e, request, response);
        } catch (TooManyTopicsException e) {
            failures.full(e, request, response);
        } catch (RuntimeException e) {
            failures.fail(e, request, response);
        }
    }
}
