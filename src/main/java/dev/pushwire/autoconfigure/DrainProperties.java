package dev.pushwire.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to the connections when the service stops.
 *
 * @param window the time over which the service closes its connections, so that their clients do not all connect again
 *     at once; 0 closes all at once. The process ends a little later: give it this time and
 *     {@code pushwire.websocket.close-timeout} before it is killed
 */
@ConfigurationProperties("pushwire.drain")
public record DrainProperties(@DefaultValue("20s") Duration window) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public DrainProperties {
        if (window.isNegative() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("pushwire.drain.window must be from 0s to 1h, but is " + window);
        }
    }
}
