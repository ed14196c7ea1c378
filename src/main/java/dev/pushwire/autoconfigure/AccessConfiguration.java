package dev.pushwire.autoconfigure;

import dev.pushwire.access.AccessSettings;
import dev.pushwire.access.LeaseIssuer;
import dev.pushwire.access.MessageTokens;
import dev.pushwire.access.Revocations;
import dev.pushwire.access.Tickets;
import dev.pushwire.access.TokenAdmission;
import dev.pushwire.access.TokenKey;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.metrics.LimitMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The beans that decide which clients may connect, and how often. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();
    /** With fewer revocations, none is worth tidying up: they take about a megabyte. */
    private static final int FEW = 10_000;

    private static final String TOKEN_LIBRARY = "org.springframework.security.oauth2.jwt.NimbusJwtDecoder";

    @Bean
    LimitMeters pushwireLimitMeters(MeterRegistry meters) {
        return new LimitMeters(meters);
    }

    @Bean
    Revocations pushwireRevocations(AccessProperties properties) {
        return new Revocations(properties.revocationRetention(), FEW, CLOCK);
    }

    @Bean
    TokenVerifier pushwireTokenVerifier(
            AccessProperties properties,
            Revocations revocations,
            ObjectProvider<SslBundles> bundles,
            PeriodicTasks tasks) {
        AccessProperties.Jwt jwt = properties.jwt();
        if (jwt.isSet() && !ClassUtils.isPresent(TOKEN_LIBRARY, null)) {
            throw new IllegalStateException("pushwire.access.jwt needs a library that reads tokens. Add"
                    + " org.springframework.security:spring-security-oauth2-jose to the application's dependencies");
        }
        TokenKey key = jwt.key(issuersTls(jwt, bundles));
        if (key instanceof TokenKey.Shared(var secrets) && secrets.haveFile()) {
            tasks.every(PeriodicTasks.REREAD, secrets::reread);
        }
        return new TokenVerifier(jwt.settings(key), revocations, CLOCK);
    }

    private static @Nullable SSLContext issuersTls(AccessProperties.Jwt jwt, ObjectProvider<SslBundles> bundles) {
        if (!StringUtils.hasLength(jwt.sslBundle())) {
            return null;
        }
        try {
            return bundles.getObject().getBundle(jwt.sslBundle()).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw new IllegalStateException(
                    "pushwire.access.jwt.ssl-bundle must name a bundle of spring.ssl.bundle, but there is no \""
                            + jwt.sslBundle() + "\"",
                    e);
        }
    }

    @Bean
    LeaseIssuer pushwireLeaseIssuer(
            TokenVerifier verifier, Revocations revocations, LimitsProperties limits, LimitListener listener) {
        return new LeaseIssuer(verifier, revocations, limits.connectionsPerPrincipal(), listener, CLOCK);
    }

    @Bean
    AccessSettings pushwireAccessSettings(
            AccessProperties properties, WebSocketProperties webSockets, LimitsProperties limits) {
        if (properties.cookie() != null && webSockets.allowedOrigins().contains("*")) {
            throw new IllegalStateException(
                    "pushwire.access.cookie cannot go with pushwire.websocket.allowed-origins=*:"
                            + " a page of any site could connect in its visitor's name. List the origins that may"
                            + " connect");
        }
        return new AccessSettings(
                properties.anonymous(), properties.cookie(), properties.tokenTimeout(), limits.connectionsPerAddress());
    }

    @Bean
    TokenAdmission pushwireTokenAdmission(
            AccessSettings settings,
            TokenVerifier verifier,
            LeaseIssuer issuer,
            Tickets tickets,
            LimitListener listener) {
        return new TokenAdmission(settings, verifier, issuer, tickets, listener);
    }

    @Bean
    Tickets pushwireTickets(NodeName self, ClusterBus nodes) {
        return new Tickets(self, nodes, System::nanoTime);
    }

    @Bean
    MessageTokens pushwireMessageTokens(LeaseIssuer issuer) {
        return new MessageTokens(issuer);
    }
}
