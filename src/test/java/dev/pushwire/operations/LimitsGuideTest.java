package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.autoconfigure.AccessProperties;
import dev.pushwire.autoconfigure.LimitsProperties;
import dev.pushwire.autoconfigure.PushProperties;
import dev.pushwire.autoconfigure.WebSocketProperties;
import dev.pushwire.broker.BoundedBroker;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.PublishOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The bounds in {@code docs/limits.md} are those of the code. */
class LimitsGuideTest {
    private final Binder defaults = new Binder(new MapConfigurationPropertySource(Map.of()));
    private final String page = read();

    private static String read() {
        try {
            return Files.readString(Path.of("docs/limits.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysOfWhenItIs() {
        assertThat(page).containsPattern("As of \\d{1,2} [A-Z][a-z]+ 20\\d\\d, version \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void saysTheDefaultsOfTheProperties() {
        WebSocketProperties webSocket = defaults.bindOrCreate("pushwire.websocket", WebSocketProperties.class);
        assertBound(
                "size of a message or publication", webSocket.maxMessageSize().toMegabytes() + " MB");
        assertBound("what waits for one client", webSocket.outboxLimit().toMegabytes() + " MB");
        assertBound(
                "patterns of all clients of a node",
                number(defaults.bindOrCreate("pushwire.limits", LimitsProperties.class)
                        .patterns()));
        PushProperties push = defaults.bindOrCreate("pushwire.push", PushProperties.class);
        assertBound(
                "subscriptions of one connection to `/push`",
                number(push.maxSubscriptions()) + " topics, " + number(push.maxPatterns()) + " patterns");
        assertBound(
                "revocations",
                number(ClusterBus.MOST_NOTICES) + ", for "
                        + defaults.bindOrCreate("pushwire.access", AccessProperties.class)
                                .revocationRetention()
                                .toDays()
                        + " days");
    }

    @Test
    void saysTheBoundsThatAreFixed() {
        assertBound("idempotency key", PublishOptions.IDEMPOTENCY_WINDOW.toMinutes() + " minutes");
        assertBound("subscriptions that wait for Redis, on one node", number(BoundedBroker.MOST_WAITING));
    }

    private void assertBound(String what, String bound) {
        String row = Pattern.compile("^\\| " + Pattern.quote(what) + " \\| (.*?) \\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/limits.md has no row: " + what));
        assertThat(row).as(what).contains(bound);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
