package dev.pushwire;

import dev.pushwire.access.AccessSettings;
import dev.pushwire.access.Bearers;
import dev.pushwire.access.MessageTokens;
import dev.pushwire.access.Revocations;
import dev.pushwire.access.TokenAdmission;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.endpoint.LimitListener;
import dev.pushwire.metrics.LimitMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may connect and how often. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();
    /** Revocations that take up no more than a megabyte or so. */
    private static final int FEW = 10_000;

    @Bean
    LimitMeters limitMeters(MeterRegistry meters) {
        return new LimitMeters(meters);
    }

    @Bean
    Revocations revocations(AccessProperties properties) {
        return new Revocations(properties.revocationRetention(), FEW, CLOCK);
    }

    @Bean
    TokenVerifier tokenVerifier(AccessProperties properties, Revocations revocations) {
        return new TokenVerifier(properties.jwt().settings(), revocations, CLOCK);
    }

    @Bean
    Bearers bearers(TokenVerifier verifier, Revocations revocations, LimitsProperties limits, LimitListener listener) {
        return new Bearers(verifier, revocations, limits.connectionsPerPrincipal(), listener, CLOCK);
    }

    @Bean
    AccessSettings accessSettings(
            AccessProperties properties, WebSocketProperties webSockets, LimitsProperties limits) {
        if (properties.cookie() != null && webSockets.allowedOrigins().contains("*")) {
            throw new IllegalStateException(
                    "pushwire.access.cookie cannot go with pushwire.websocket.allowed-origins=*:"
                            + " any site's page could connect as whoever looks at it. List the origins that may");
        }
        return new AccessSettings(
                properties.anonymous(), properties.cookie(), properties.tokenTimeout(), limits.connectionsPerAddress());
    }

    @Bean
    TokenAdmission tokenAdmission(
            AccessSettings settings, TokenVerifier verifier, Bearers bearers, LimitListener listener) {
        return new TokenAdmission(settings, verifier, bearers, listener);
    }

    @Bean
    MessageTokens messageTokens(Bearers bearers) {
        return new MessageTokens(bearers);
    }
}
