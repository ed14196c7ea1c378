package dev.pushwire.tomcat;

import dev.pushwire.connection.EndpointBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** The mappings from paths to endpoints. Immutable. */
public final class EndpointMappings {
    /** The name in {@code {name}}, <code>{name:regex}</code> and <code>{*name}</code>. */
    private static final Pattern VARIABLE_NAME = Pattern.compile("(\\{\\*?)[\\p{Alpha}_$][\\w$]*");

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

    private final List<Mapping> mappings; // the most specific first

    /**
     * One path pattern of one endpoint.
     *
     * @param name the name of the bean, for messages
     * @param binding the endpoint, with the pattern
     * @param subprotocols in order of preference
     */
    public record Entry(String name, EndpointBinding binding, List<String> subprotocols) {}

    /** The endpoint for a request. */
    record Match(EndpointBinding binding, List<String> subprotocols, Map<String, String> pathVariables) {}

    private record Mapping(PathPattern pattern, Entry entry) {}

    /**
     * @throws IllegalStateException if two endpoints have the same pattern, or a pattern cannot be used; the message
     *     names the beans
     */
    public EndpointMappings(List<Entry> entries) {
        Map<String, Entry> seen = new HashMap<>();
        List<Mapping> all = new ArrayList<>();
        for (Entry entry : entries) {
            PathPattern pattern = parse(entry);
            Entry other = seen.put(shape(pattern), entry);
            if (other != null) {
                throw new IllegalStateException("The endpoints '" + other.name() + "' and '" + entry.name()
                        + "' are both mapped to " + pattern.getPatternString() + ": change one of them");
            }
            all.add(new Mapping(pattern, entry));
        }
        all.sort(Comparator.comparing(Mapping::pattern));
        this.mappings = List.copyOf(all);
    }

    /** Patterns that differ only in the names of their variables match the same paths. */
    private static String shape(PathPattern pattern) {
        return VARIABLE_NAME.matcher(pattern.getPatternString()).replaceAll("$1");
    }

    private static PathPattern parse(Entry entry) {
        String path = entry.binding().pattern();
        if (!path.startsWith("/")) {
            throw new IllegalStateException(
                    "The path '" + path + "' of endpoint '" + entry.name() + "' must begin with /");
        }
        for (String subprotocol : entry.subprotocols()) {
            if (!TOKEN.matcher(subprotocol).matches()) {
                throw new IllegalStateException("The subprotocol '" + subprotocol + "' of endpoint '" + entry.name()
                        + "' must be a token: letters, digits and !#$%&'*+-.^_`|~");
            }
        }
        try {
            return PathPatternParser.defaultInstance.parse(path);
        } catch (PatternParseException e) {
            throw new IllegalStateException(
                    "The path '" + path + "' of endpoint '" + entry.name() + "' is no path pattern: " + e.getMessage(),
                    e);
        }
    }

    /** The patterns. The most specific one comes first. */
    public List<String> patterns() {
        return mappings.stream()
                .map(mapping -> mapping.pattern().getPatternString())
                .toList();
    }

    /** The most specific mapping for a path of a request; null for none. */
    @Nullable
    Match match(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        for (Mapping mapping : mappings) {
            PathMatchInfo info = mapping.pattern().matchAndExtract(parsed);
            if (info != null) {
                return new Match(
                        mapping.entry().binding(), mapping.entry().subprotocols(), Map.copyOf(info.getUriVariables()));
            }
        }
        return null;
    }
}
