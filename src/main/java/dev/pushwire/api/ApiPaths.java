package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Stream;

/** Which requests are for the HTTP API: an application may have other things under {@code /api}. */
final class ApiPaths {
    private static final String TOPICS = "/topics";
    private static final Set<String> POWERFUL =
            Set.of("/api/publications", "/api/emit", "/api/topics", "/api/connections", "/api/revocations");

    private ApiPaths() {}

    /** Decoded, without path parameters, and without the path of the context and of the dispatcher servlet. */
    private static String path(HttpServletRequest request, String prefix) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }

    /** Whether this is a request of the API, and no client's. */
    static boolean isApi(HttpServletRequest request, String prefix) {
        String path = path(request, prefix);
        return isUnder(TOPICS, path) || POWERFUL.stream().anyMatch(root -> isUnder(root, path));
    }

    /** Whether this is one of the API besides those that clients may make: to look at topics takes no more than to subscribe. */
    static boolean isPowerful(HttpServletRequest request, String prefix) {
        String path = path(request, prefix);
        boolean looks = Stream.of("GET", "HEAD", "OPTIONS").anyMatch(request.getMethod()::equals);
        return POWERFUL.stream().anyMatch(root -> isUnder(root, path)) || (isUnder(TOPICS, path) && !looks);
    }

    private static boolean isUnder(String root, String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
