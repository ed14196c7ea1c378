package dev.pushwire.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JWK set key by key, so that one key does not spoil the others. RFC 7517, section 5: "Implementations SHOULD
 * ignore JWKs within a JWK Set that use "kty" (key type) values that are not understood by them, that are missing
 * required members, or for which values are out of the supported ranges."
 *
 * @param set the public keys that can check signatures
 * @param ignored the names of the other keys and why they are not used, for the log
 */
record UsableKeys(JWKSet set, List<String> ignored) {
    /** The least size of an RSA key, in bits (RFC 7518, section 3.3). */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MOST_CHARACTERS = 200;

    /** @throws ParseException if the text is not a JWK set */
    static UsableKeys read(String text) throws ParseException {
        if (!(JSONObjectUtils.parse(text).get("keys") instanceof List<?> keys)) {
            throw new ParseException("A JWK set has an array of 'keys'", 0);
        }
        List<JWK> usable = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Object key : keys) {
            try {
                usable.add(usable(key));
            } catch (ParseException | RuntimeException e) { // the library throws both for keys that it cannot read
                ignored.add(describe(key, e));
            }
        }
        return new UsableKeys(new JWKSet(usable), List.copyOf(ignored));
    }

    private static JWK usable(Object key) throws ParseException {
        if (!(key instanceof Map<?, ?> members)) {
            throw new ParseException("no JSON object", 0);
        }
        Map<String, Object> named = new HashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        JWK parsed = JWK.parse(named);
        if (parsed.isPrivate()) {
            throw new ParseException("a secret that is published lets anybody sign", 0);
        }
        if (parsed instanceof RSAKey rsa && rsa.size() < MIN_RSA_BITS) {
            throw new ParseException("an RSA key has at least " + MIN_RSA_BITS + " bits", 0);
        }
        return parsed;
    }

    private static String describe(Object key, Exception why) {
        Object kid = key instanceof Map<?, ?> members ? members.get("kid") : null;
        String text = (kid == null ? "one without a kid" : kid) + " (" + why.getMessage() + ")";
        return text.substring(0, Math.min(text.length(), MOST_CHARACTERS)).replaceAll("\\p{Cntrl}", "?");
    }
}
