package dev.pushwire.client;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that the service asks a client to wait before it comes back. It is in the reason of a Close, or in the
 * answer to a handshake.
 */
final class RetryAfter {
    private static final Pattern IN_A_REASON = Pattern.compile("; retry in (\\d{1,9}) s$");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** The longest wait that the client accepts. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /** Reads the wait from the reason of a Close; zero if it has none. */
    static Duration of(String reason) {
        Matcher found = IN_A_REASON.matcher(reason);
        if (!found.find()) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(found.group(1)));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    /** Turns the failure of a handshake into a reason of the same form. */
    static String reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (!(failure instanceof WebSocketHandshakeException refused)) {
            return message;
        }
        String why = "HTTP status " + refused.getResponse().statusCode();
        return refused.getResponse()
                .headers()
                .firstValue("Retry-After")
                .filter(wait -> SECONDS.matcher(wait).matches())
                .map(wait -> why + "; retry in " + wait + " s")
                .orElse(why);
    }
}
