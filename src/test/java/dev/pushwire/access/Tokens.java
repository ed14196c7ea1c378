package dev.pushwire.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Makes tokens, good ones and bad ones. Immutable. */
public record Tokens(Map<String, Object> claims) {
    public static final String SECRET = "a-secret-of-the-tests-with-32-bytes!";

    /** The key that checks tokens signed with this secret. */
    public static TokenKey key(String secret) {
        return new TokenKey.Shared(new Secrets("pushwire.access.jwt", secret, null, TokenKey.Shared.RULE));
    }

    /** The revocations of a service that has none. */
    public static Revocations noneRevoked() {
        Revocations revocations = new Revocations(Duration.ofDays(1), 10, InstantSource.system());
        revocations.complete();
        return revocations;
    }

    /** A token of a principal, valid for the next ten minutes. */
    public static Tokens of(String principal) {
        return new Tokens(Map.of())
                .with("sub", principal)
                .with("iat", new Date())
                .with("exp", Date.from(Instant.now().plusSeconds(600)));
    }

    /** The same with this claim, or without it if the value is null. */
    public Tokens with(String claim, Object value) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
        claims.forEach(builder::claim);
        return new Tokens(builder.claim(claim, value).build().getClaims());
    }

    public Tokens expiring(Instant at) {
        return with("exp", Date.from(at));
    }

    public Tokens subscribing(String... topics) {
        return with("pushwire", Map.of("sub", List.of(topics)));
    }

    /** The same with topics that the server subscribes its bearer to. */
    public Tokens subscribed(String... topics) {
        return with("pushwire", Map.of("auto", List.of(topics)));
    }

    public Tokens publishing(String... topics) {
        return with("pushwire", Map.of("pub", List.of(topics)));
    }

    /** The token, signed with the secret of the tests. */
    public String signed() {
        return signed(SECRET);
    }

    public String signed(String secret) {
        return signed(new JWSHeader(JWSAlgorithm.HS256), secret);
    }

    public String signed(JWSHeader header, String secret) {
        try {
            return signed(header, new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** The token, signed with a private key that its header names. */
    public String signed(JWSAlgorithm algorithm, JWK key) {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        try {
            return signed(header, new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String signed(JWSHeader header, JWSSigner signer) throws JOSEException {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
        claims.forEach(builder::claim);
        SignedJWT token = new SignedJWT(header, builder.build());
        token.sign(signer);
        return token.serialize();
    }
}
