package dev.pushwire.tomcat;

import dev.pushwire.protocol.HandshakeRequest;
import dev.pushwire.tomcat.EndpointMappings.Match;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Picks the requests for a WebSocket out of the HTTP traffic. All other requests pass unchanged. */
public final class UpgradeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient EndpointMappings mappings;
    private final transient Upgrade upgrade;
    private final transient HandshakeListener listener;

    public UpgradeFilter(EndpointMappings mappings, Upgrade upgrade, HandshakeListener listener) {
        this.mappings = mappings;
        this.upgrade = upgrade;
        this.listener = listener;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!HandshakeRequest.asksForWebSocket(
                request.getProtocol(), Collections.list(request.getHeaders("Upgrade")))) {
            chain.doFilter(request, response);
            return;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Match match = mappings.match(path);
        if (match == null) {
            chain.doFilter(request, response);
            listener.answered(HandshakeListener.NO_ENDPOINT, HandshakeResult.UNMAPPED, response.getStatus());
        } else {
            upgrade.answer(request, response, path, match);
        }
    }
}
