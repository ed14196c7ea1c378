package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The WebSockets {@code /topics/{topic}}, one topic each.
 *
 * @param enabled whether the endpoint exists
 */
@ConfigurationProperties("pushwire.raw")
public record RawProperties(@DefaultValue("true") boolean enabled) {}
