package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request for the HTTP API.
 *
 * @param area what it is about
 * @param name what follows, without the slash before it; empty for nothing
 */
record ApiPath(Area area, String name) {
    /** An application may have other things under {@code /api}. */
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
     * As Tomcat has decoded and normalized it, without path parameters: however a path is spelled, this knows what the
     * controllers take.
     *
     * @param prefix the path of the dispatcher servlet; empty for none
     * @return null for a request that is none of the API's
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

    /** Whether clients may ask for it, too: to look at topics takes no more than to subscribe. */
    boolean isForClients(String method) {
        return area == Area.TOPICS
                && switch (method) {
                    case "GET", "HEAD", "OPTIONS" -> true;
                    default -> false;
                };
    }
}
