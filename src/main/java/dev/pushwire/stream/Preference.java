package dev.pushwire.stream;

import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Whether a request wants an event stream, on a path that also has JSON (RFC 9110, section 12.5.1). The request must
 * name {@code text/event-stream}, as every {@code EventSource} does. A range such as {@code *}{@code /*} means the JSON
 * that has always been there. Of the two types, the one with the higher weight counts, then the one that is named, then
 * the one that is named first.
 */
final class Preference {
    private Preference() {}

    /** @param accept the lines of the header */
    static boolean isForEvents(List<String> accept) {
        List<MediaType> wanted;
        try {
            wanted = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
        double events = 0;
        double json = 0;
        int specificity = -1; // of the media range that says how much JSON is wanted
        boolean jsonFirst = false;
        for (MediaType type : wanted) {
            if (type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) {
                events = Math.max(events, type.getQualityValue());
            } else if (type.includes(MediaType.APPLICATION_JSON) && specificity(type) > specificity) {
                specificity = specificity(type);
                json = type.getQualityValue();
                jsonFirst = specificity == NAMED && events == 0;
            }
        }
        return events > 0 && (events > json || (events == json && !jsonFirst));
    }

    private static final int NAMED = 2;

    private static int specificity(MediaType type) {
        return type.isWildcardType() ? 0 : type.isWildcardSubtype() ? 1 : NAMED;
    }
}
