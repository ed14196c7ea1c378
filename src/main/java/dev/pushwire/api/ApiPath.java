package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request for the HTTP API.
 *
 * @param area what the request is about
 * @param name what follows, without the slash before it; empty if nothing follows
 */
record ApiPath(Area area, String name) {
    /** A part of the API. An application may have other paths under {@code /api}. */
    enum Area {
        TOPICS("/topics"),
        TOPIC_STATES("/api/topics"),
        PUBLICATIONS("/api/publications"),
        EVENTS("/api/emit"),
        CONNECTIONS("/api/connections"),
        SUBSCRIPTIONS("/api/subscriptions"),
        REVOCATIONS("/api/revocations");

        private final String root;

        Area(String root) {
            this.root = root;
        }

        private boolean has(String path) {
            return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
        }
    }

    /**
     * Reads the path as Tomcat has decoded and normalized it, without path parameters. So however a path is spelled,
     * the result is what the controllers see.
     *
     * @param prefix the path of the dispatcher servlet; empty for none
     * @return null if the request is not for the API
     */
    static @Nullable ApiPath of(HttpServletRequest request, String prefix) {
        String info = request.getPathInfo();
        String whole = info == null ? request.getServletPath() : request.getServletPath() + info;
        String path = whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
        for (Area area : Area.values()) {
            if (area.has(path)) {
                int start = area.root.length() + 1;
                return new ApiPath(area, path.length() > start ? path.substring(start) : "");
            }
        }
        return null;
    }

    /** Whether clients may make this request, too: to look at topics needs no more rights than to subscribe. */
    boolean isForClients(String method) {
        return area == Area.TOPICS
                && switch (method) {
                    case "GET", "HEAD", "OPTIONS" -> true;
                    default -> false;
                };
    }
}
