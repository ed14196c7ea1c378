package dev.pushwire.tomcat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Opens some requests to pages of other origins; all others go on as if it were not there. */
public final class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient CrossOrigin crossOrigin;
    private final transient List<Route> routes;

    private record Route(String method, PathPattern path) {}

    /** @param routes each a method and a path pattern, with a space between them */
    public CrossOriginFilter(CrossOrigin crossOrigin, List<String> routes) {
        this.crossOrigin = crossOrigin;
        this.routes = routes.stream()
                .map(route -> route.split(" "))
                .map(route -> new Route(route[0], PathPatternParser.defaultInstance.parse(route[1])))
                .toList();
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
        String path = request.getRequestURI().substring(request.getContextPath().length());
        PathContainer parsed = PathContainer.parsePath(path);
        return routes.stream()
                .anyMatch(route -> route.method().equals(method) && route.path().matches(parsed));
    }
}
