package dev.pushwire.protocol;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which web pages may open a WebSocket (RFC 6455, section 10.2). A request without an Origin comes from no page, and is
 * admitted. So is a page of the same origin as the address that it asks. Other pages are admitted if the policy lists
 * them.
 */
public final class OriginPolicy {
    /** A host, or the hosts below it. A star is allowed only at the beginning. */
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[^*.][^*]*");

    private final List<Predicate<Origin>> allowed;
    private final boolean any;

    /**
     * @param patterns {@code *} for any origin; {@code *.example.com} for the hosts below a domain, with any scheme and
     *     port; {@code https://*.example.com} for those of one scheme and port; {@code https://app.example.com} for one
     *     origin
     * @throws IllegalArgumentException for any other pattern; the message names it, and says what is expected
     */
    public OriginPolicy(List<String> patterns) {
        this.any = patterns.contains("*");
        this.allowed = patterns.stream()
                .filter(pattern -> !pattern.equals("*"))
                .map(OriginPolicy::matcher)
                .toList();
    }

    /** Whether pages of every origin are admitted. */
    public boolean allowsAny() {
        return any;
    }

    /** Whether a request comes from no page, or from an admitted one. */
    public boolean admits(HandshakeRequest request) {
        List<String> origins = request.header("Origin");
        return origins.isEmpty() || (origins.size() == 1 && allows(origins.getFirst(), request));
    }

    boolean allows(String originHeader, HandshakeRequest request) {
        if (any) {
            return true;
        }
        Origin origin = Origin.parse(originHeader);
        return origin != null
                && (isSame(origin, request) || allowed.stream().anyMatch(matcher -> matcher.test(origin)));
    }

    /** Why an Origin is not admitted. */
    static String reasonAgainst(String originHeader) {
        return Origin.parse(originHeader) != null || originHeader.equals("null")
                ? "This Origin is not allowed to open a WebSocket here."
                : "This Origin is malformed: it has a scheme, a host and maybe a port, and no slash at its end.";
    }

    /**
     * Whether host and port are those that the client addressed. If the address names no port, it has the default of
     * the page's scheme, since TLS often ends at a proxy that does not name it. A page from http may not ask https.
     */
    private static boolean isSame(Origin origin, HandshakeRequest request) {
        return (!request.secure() || origin.scheme().equals("https"))
                && request.addresses().stream().anyMatch(origin::isAt);
    }

    private static Predicate<Origin> matcher(String pattern) {
        boolean anySchemeAndPort = pattern.startsWith("*.") && !pattern.contains(":");
        Origin expected = Origin.parse(anySchemeAndPort ? "https://" + pattern : pattern);
        if (expected == null || !HOST.matcher(expected.host()).matches()) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not an origin: write https://app.example.com, *.example.com or *");
        }
        if (!expected.host().startsWith("*.")) {
            return expected::equals;
        }
        String suffix = expected.host().substring(1);
        Predicate<Origin> below =
                origin -> origin.host().endsWith(suffix) && !origin.host().equals(suffix);
        return anySchemeAndPort
                ? below
                : below.and(origin -> origin.scheme().equals(expected.scheme()) && origin.port() == expected.port());
    }
}
