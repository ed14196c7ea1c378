package dev.pushwire.autoconfigure;

import dev.pushwire.api.PublishKeys;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may publish over HTTP.
 *
 * @param keys that a publisher sends as {@code Authorization: Bearer <key>}, each at least 16 visible characters; with
 *     none, only callers on this machine may publish
 */
@ConfigurationProperties("pushwire.publish")
public record PublishProperties(@DefaultValue List<String> keys) {
    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException for a key that cannot be used
     */
    public PublishProperties {
        new PublishKeys(keys);
    }
}
