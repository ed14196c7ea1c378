package dev.pushwire.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the keys that an issuer publishes. It warns once of keys that cannot be used, until they change. Thread-safe;
 * each fetch blocks for {@code patience} at most.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** Room for hundreds of keys. A server that sends more is no key server. */
    private static final int MAX_SET_BYTES = 256 * 1024;
    /** How many ignored keys one line of the log names. */
    private static final int MOST_NAMED = 5;

    private final URI uri;
    private final Duration patience;
    private final HttpClient client;
    private volatile @Nullable JWKSet latest;
    private volatile List<String> ignored = List.of();

    /**
     * The fetch uses the proxy of the system properties {@code https.proxyHost} and the like, if they are set.
     *
     * @param patience from the request to the last byte of the answer
     */
    IssuerKeys(TokenKey.Published published, Duration patience) {
        this.uri = published.jwkSetUri();
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT);
        if (published.tls() != null) {
            builder.sslContext(published.tls());
        }
        this.client = builder.build();
    }

    /** The keys of the last fetch; null if it failed, or there was none. */
    @Nullable
    JWKSet latest() {
        return latest;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            UsableKeys keys = UsableKeys.read(fetch());
            warnOf(keys.ignored());
            latest = keys.set();
            return keys.set();
        } catch (ParseException e) {
            latest = null;
            throw new JWKSetParseException("The answer of " + uri + " is no JWK set: " + e.getMessage(), e);
        } catch (JWKSetUnavailableException e) {
            latest = null;
            throw e;
        }
    }

    private String fetch() throws JWKSetUnavailableException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_SET_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new JWKSetUnavailableException(uri + " answers " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw new JWKSetRetrievalException("No answer from " + uri + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new JWKSetRetrievalException("No whole answer from " + uri + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JWKSetRetrievalException("Interrupted while waiting for " + uri, e);
        } finally {
            answer.cancel(true);
        }
    }

    private void warnOf(List<String> now) {
        if (!now.equals(ignored) && !now.isEmpty()) {
            log.warn(
                    "The service ignores {} of the keys at {}: {}",
                    now.size(),
                    uri,
                    String.join("; ", now.subList(0, Math.min(now.size(), MOST_NAMED))));
        }
        ignored = now;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
