package dev.pushwire.push;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may publish over HTTP: whoever sends {@code Authorization: Bearer <key>} with one of the keys; where there are no
 * keys, whoever works on this machine. Immutable.
 */
public final class PublishAccess {
    /** Of a key: short of this it could be guessed. */
    public static final int MIN_KEY_LENGTH = 16;

    private static final String SCHEME = "Bearer ";

    private final List<byte[]> keys;

    /**
     * Checks the keys.
     *
     * @param keys each at least {@link #MIN_KEY_LENGTH} visible ASCII characters, so that a header can carry it; may be
     *     empty
     * @throws IllegalArgumentException for a key that is not so; the message says which, but not the key
     */
    public PublishAccess(List<String> keys) {
        List<byte[]> encoded = new ArrayList<>();
        for (String key : keys) {
            if (!isUsable(key)) {
                throw new IllegalArgumentException("pushwire.publish.keys: key " + (encoded.size() + 1)
                        + " is too short or has characters that a header cannot carry; a key is at least "
                        + MIN_KEY_LENGTH + " visible ASCII characters without spaces");
            }
            encoded.add(key.getBytes(StandardCharsets.US_ASCII));
        }
        this.keys = List.copyOf(encoded);
    }

    /** Whether only callers on this machine may publish, for want of keys. */
    public boolean isLocalOnly() {
        return keys.isEmpty();
    }

    /**
     * Lets the request pass or not, without touching its body.
     *
     * @throws org.springframework.web.ErrorResponseException 401 without a key or with a wrong one; 403 where only local
     *     callers may publish and this is none
     */
    void check(HttpServletRequest request) {
        if (keys.isEmpty()) {
            if (!LocalCaller.isLocal(request)) {
                throw Problems.notLocal();
            }
            return;
        }
        String sent = bearerToken(request.getHeader("Authorization"));
        if (sent == null) {
            throw Problems.keyMissing();
        }
        if (!isKey(sent)) {
            throw Problems.keyUnknown();
        }
    }

    /** Takes the same time whichever key it is, and however much of one a guess has right. */
    private boolean isKey(String text) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] key : keys) {
            known |= MessageDigest.isEqual(sent, key);
        }
        return known;
    }

    private static @Nullable String bearerToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private static boolean isUsable(String key) {
        return key.length() >= MIN_KEY_LENGTH && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
