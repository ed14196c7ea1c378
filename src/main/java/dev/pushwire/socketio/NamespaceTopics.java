package dev.pushwire.socketio;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The internal topics that carry the directives of namespaces between nodes. */
public final class NamespaceTopics {
    private static final String PLAIN = "socketio.";
    private static final String REMEMBERED = "socketio-recovery.";

    private NamespaceTopics() {}

    /** @param remembered whether clients of the namespace recover what they missed */
    static TopicName of(String namespace, boolean remembered) {
        String prefix = remembered ? REMEMBERED : PLAIN;
        String part = TopicName.part(namespace);
        if (prefix.length() + part.length() >= TopicName.MAX_LENGTH) {
            part = digest(namespace); // no namespace has this part, since each begins with a slash
        }
        return TopicName.internal(prefix + part);
    }

    private static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * How much of an internal topic is remembered.
     *
     * @param recovery the settings for namespaces that recover
     */
    public static Retention retention(TopicName topic, RecoverySettings recovery) {
        return topic.value().startsWith(REMEMBERED, 1) ? recovery.retention() : Retention.NONE;
    }
}
