package dev.pushwire.autoconfigure;

import dev.pushwire.access.Secrets;
import dev.pushwire.api.ApiKey;
import dev.pushwire.api.ApiKeys;
import dev.pushwire.api.Scope;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The HTTP API: {@code /topics} and {@code /api}.
 *
 * @param enabled whether the application has the API. The service has it by default, an application does not
 * @param port a port of its own; by default the API is on the application's port, with the clients
 * @param address the address that this port listens on; all by default
 * @param keys the keys that callers send as {@code Authorization: Bearer <secret>}, by the names that the log calls
 *     them. Without keys, only callers on this machine, and callers with a token, may use the API
 */
@ConfigurationProperties("pushwire.api")
public record ApiProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Integer port,
        @Nullable InetAddress address,
        @DefaultValue Map<String, Key> keys) {
    private static final int MAX_PORT = 65_535;

    /**
     * Makes the keys, too, and so checks them.
     *
     * @throws IllegalArgumentException if a key or the port cannot be used
     */
    public ApiProperties {
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new IllegalArgumentException(
                    "pushwire.api.port must be from 1 to " + MAX_PORT + ", or 0 for any that is free, but is " + port);
        }
        if (address != null && port == null) {
            throw new IllegalArgumentException(
                    "pushwire.api.address is the address of pushwire.api.port: set the port, too");
        }
        keys = Map.copyOf(keys);
        make(keys);
    }

    /**
     * A key.
     *
     * @param secret what a caller sends, at least 16 visible ASCII characters
     * @param secretFile a file with such secrets, one per line, all of which are valid. The service looks at it again
     *     every few seconds
     * @param scopes what the key allows: publish, read, admin
     */
    public record Key(
            @Nullable String secret,
            @Nullable Path secretFile,
            @DefaultValue("publish") Set<Scope> scopes) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Key[" + secretFile + ", " + scopes + "]";
        }
    }

    /** Makes new keys each time, since it reads files. */
    ApiKeys make() {
        return make(keys);
    }

    private static ApiKeys make(Map<String, Key> keys) {
        return new ApiKeys(keys.entrySet().stream()
                .map(entry -> make(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static ApiKey make(String name, Key key) {
        String secret = StringUtils.hasLength(key.secret()) ? key.secret() : null;
        return new ApiKey(
                name, key.scopes(), new Secrets("pushwire.api.keys." + name, secret, key.secretFile(), ApiKey.RULE));
    }
}
