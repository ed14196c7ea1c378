package dev.pushwire.tomcat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Opens some requests to pages of other origins. All other requests pass unchanged. */
public final class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient CrossOrigin crossOrigin;
    private final transient Map<String, List<PathPattern>> paths; // by method

    /** @param routes each a method and a path pattern, with a space between them */
    public CrossOriginFilter(CrossOrigin crossOrigin, List<String> routes) {
        this.crossOrigin = crossOrigin;
        this.paths = routes.stream()
                .distinct()
                .map(route -> route.split(" "))
                .collect(Collectors.groupingBy(
                        route -> route[0],
                        Collectors.mapping(
                                route -> PathPatternParser.defaultInstance.parse(route[1]), Collectors.toList())));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean preflight = CrossOrigin.isPreflight(request);
        String method = preflight ? request.getHeader("Access-Control-Request-Method") : request.getMethod();
        if (!isOpen(method, request)) {
            chain.doFilter(request, response);
        } else if (preflight) {
            crossOrigin.preflight(request, response, method);
        } else {
            crossOrigin.share(request, response);
            chain.doFilter(request, response);
        }
    }

    private boolean isOpen(String method, HttpServletRequest request) {
        List<PathPattern> open = paths.getOrDefault(method, List.of());
        if (open.isEmpty()) {
            return false;
        }
        PathContainer path = PathContainer.parsePath(
                request.getRequestURI().substring(request.getContextPath().length()));
        for (PathPattern pattern : open) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
