package dev.pushwire.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The earlier form of {@link ApiProperties#keys}.
 *
 * @param keys refused, since to ignore them would close what was open
 */
@ConfigurationProperties("pushwire.publish")
public record PublishProperties(@Nullable List<String> keys) {
    /** @throws IllegalArgumentException if there is a key; the message says what to write instead */
    public PublishProperties {
        if (keys != null) {
            throw new IllegalArgumentException(
                    "pushwire.publish.keys has become pushwire.api.keys, where a key has a name and"
                            + " scopes: write pushwire.api.keys.<name>.secret=<key> and"
                            + " pushwire.api.keys.<name>.scopes=publish,read,admin for a key that may do all that it could before");
        }
    }
}
