package dev.pushwire.polling;

import dev.pushwire.broker.NodeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a session, which its client sends in each request: the node that has the session, a hyphen, and 32
 * characters of base64url. The first eight of these are the key. The others, 144 random bits, are a secret. It is
 * compared in constant time and never logged.
 *
 * @param key finds the session on its node
 * @param secret shows that the client owns the session
 */
public record SessionId(NodeName node, String key, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;
    private static final int KEY_LENGTH = 8;
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9]{1,32})-([A-Za-z0-9_-]{32})");

    /** Makes an id that cannot be guessed. */
    public static SessionId random(NodeName node) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return of(node, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Reads the id that a client sent; null if the text is not an id. */
    public static @Nullable SessionId parse(String text) {
        var found = ID.matcher(text);
        return found.matches() ? of(new NodeName(found.group(1)), found.group(2)) : null;
    }

    private static SessionId of(NodeName node, String text) {
        return new SessionId(node, text.substring(0, KEY_LENGTH), text.substring(KEY_LENGTH));
    }

    /** The id as the client knows it. */
    public String value() {
        return node + "-" + key + secret;
    }

    /** Whether the secret is that of the other id. The time does not depend on the difference. */
    public boolean hasSecretOf(SessionId other) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.US_ASCII), other.secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return node + "-" + key;
    }
}
