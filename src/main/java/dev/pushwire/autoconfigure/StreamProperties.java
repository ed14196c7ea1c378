package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Event streams of topics, for clients without a WebSocket.
 *
 * @param enabled whether {@code /topics/{topic}} and {@code /topics} answer requests that accept an event stream with
 *     one
 */
@ConfigurationProperties("pushwire.stream")
public record StreamProperties(@DefaultValue("true") boolean enabled) {}
