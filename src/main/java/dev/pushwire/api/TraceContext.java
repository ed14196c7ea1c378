package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trace of a publisher's request (W3C Trace Context, section 3.2).
 *
 * @param reachesSubscribers whether publications carry it
 */
public record TraceContext(boolean reachesSubscribers) {
    private static final String NAME = "traceparent";

    /** Version 00, with which every later version begins. A trace or a span of zeros is invalid. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** The trace; null if it is not wanted, there is none, or it cannot be passed on. */
    @Nullable
    String of(HttpServletRequest request) {
        if (!reachesSubscribers) {
            return null;
        }
        String trace = request.getHeader(NAME);
        return trace != null && FORM.matcher(trace).matches() ? trace : null;
    }
}
