package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTP API: {@code /topics} and {@code /api}.
 *
 * @param enabled whether the application answers it; the service does, an application has to ask for it
 */
@ConfigurationProperties("pushwire.api")
public record ApiProperties(@DefaultValue("false") boolean enabled) {}
