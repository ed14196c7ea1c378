package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The WebSockets of one topic each, {@code /topics/{topic}}.
 *
 * @param enabled whether there is such an endpoint
 */
@ConfigurationProperties("pushwire.raw")
public record RawProperties(@DefaultValue("true") boolean enabled) {}
