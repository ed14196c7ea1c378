package dev.pushwire.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The keys of the HTTP API. Whoever has one may do everything. Immutable. */
public final class PublishKeys {
    /** Of a key: short of this it could be guessed. */
    public static final int MIN_LENGTH = 16;

    private final List<byte[]> keys;

    /**
     * Checks the keys.
     *
     * @param keys each at least {@link #MIN_LENGTH} visible ASCII characters, so that a header can carry it; may be empty
     * @throws IllegalArgumentException for a key that is not so; the message says which, but not the key
     */
    public PublishKeys(List<String> keys) {
        List<byte[]> encoded = new ArrayList<>();
        for (String key : keys) {
            if (!isUsable(key)) {
                throw new IllegalArgumentException("pushwire.publish.keys: key " + (encoded.size() + 1)
                        + " is too short or has characters that a header cannot carry; a key is at least "
                        + MIN_LENGTH + " visible ASCII characters without spaces");
            }
            encoded.add(key.getBytes(StandardCharsets.US_ASCII));
        }
        this.keys = List.copyOf(encoded);
    }

    /** Whether there are none: only callers on this machine may do something then, unless they have a token. */
    public boolean areNone() {
        return keys.isEmpty();
    }

    /** Takes the same time whichever key it is, and however much of one a guess has right. */
    boolean contain(String text) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] key : keys) {
            known |= MessageDigest.isEqual(sent, key);
        }
        return known;
    }

    private static boolean isUsable(String key) {
        return key.length() >= MIN_LENGTH && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
