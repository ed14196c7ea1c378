package dev.pushwire.socketio;

import dev.pushwire.broker.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The topics over which nodes tell each other what is for the sockets of a namespace. */
final class NamespaceTopics {
    private static final String PREFIX = "socketio.";

    private NamespaceTopics() {}

    static TopicName of(String namespace) {
        String part = TopicName.part(namespace);
        if (PREFIX.length() + part.length() >= TopicName.MAX_LENGTH) {
            part = digest(namespace); // no namespace has this for a part, for each begins with a slash
        }
        return TopicName.internal(PREFIX + part);
    }

    private static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
