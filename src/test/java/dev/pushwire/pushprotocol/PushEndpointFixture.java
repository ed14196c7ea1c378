package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.FakeNewTopics;
import dev.pushwire.push.SubscriptionLimits;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/** Topics below {@code kept.} remember, show who is there, and let clients publish; those below {@code closed.} let nobody in. */
abstract class PushEndpointFixture {
    static final TopicName NEWS = new TopicName("kept.news");

    /** A position that is written twice, alike. */
    private static final Pattern POSITION =
            Pattern.compile("(\"epoch\":\"([a-z0-9]+)\",\"offset\":(\\d+)),\"position\":\"\\2:\\3\"()");

    /** A token is its bearer's name; nobody is called nobody. */
    private static final TokenAuthenticator NAMES = (session, token) -> {
        if (token.equals("nobody")
                || !LeasedSession.of(session)
                        .replaceLease(LeasedSession.of(session).lease(), AccessLease.lasting(() -> token))) {
            return new TokenAuthenticator.Outcome.Refused(TokenAuthenticator.Refusal.INVALID, "The token is nobody's.");
        }
        return new TokenAuthenticator.Outcome.Authenticated(() -> token, Instant.EPOCH);
    };

    private static final SubscriptionLimits LIMITS = new SubscriptionLimits(3, 2);

    final TestHub hub = new TestHub(3);
    final List<Limit> exceeded = new ArrayList<>();
    final PushEndpoint endpoint = new PushEndpoint(
            new ClientSessions(
                    hub.hub(),
                    hub.presence(),
                    new ClaimsAccess(TestHub.RULES, true),
                    NAMES,
                    new FakeNewTopics(Integer.MAX_VALUE),
                    LIMITS,
                    exceeded::add,
                    ClientListener.NONE),
            new ProtocolLimits(65_536, 50, LIMITS),
            exceeded::add);
    final RecordingSession session = new RecordingSession();

    @BeforeEach
    void open() {
        open(session);
    }

    void open(RecordingSession opened) {
        endpoint.onOpen(opened, TestHandshake.to("/push"));
    }

    /** Quotes are written as apostrophes. */
    void send(RecordingSession from, String... commands) {
        for (String command : commands) {
            Text text = new TestText(command.replace('\'', '"'));
            CompletableFuture<Void> begun = endpoint.onTextAsync(from, text); // as the engine does
            if (begun == null) {
                endpoint.onText(from, text);
            } else {
                begun.join();
            }
        }
    }

    void send(String... commands) {
        send(session, commands);
    }

    /** What came since the last look, message by message, checked against the schema; {@code E} stands for the epoch. */
    List<String> received(RecordingSession by) {
        List<String> lines =
                by.texts().stream().flatMap(message -> message.lines()).toList();
        by.clear();
        lines.forEach(ProtocolSchema::assertMessage);
        return lines.stream()
                .map(line -> POSITION.matcher(line).replaceAll("$1"))
                .map(line -> line.replaceAll("\"epoch\":\"[a-z0-9-]+\"", "\"epoch\":\"E\"")
                        .replace('"', '\''))
                .toList();
    }

    List<String> received() {
        return received(session);
    }

    static String publication(long offset, String data) {
        return "{'type':'publication','topic':'kept.news','epoch':'E','offset':" + offset + ",'data':" + data + "}";
    }

    static String publicationBy(String pattern, long offset, String data) {
        return "{'subscription':'" + pattern + "'," + publication(offset, data).substring(1);
    }

    void assertErrors(String... codes) {
        assertThat(received().stream()
                        .filter(line -> line.contains("'error'"))
                        .map(line -> line.replaceAll(".*'code':'([a-z_]+)'.*", "$1")))
                .containsExactly(codes);
    }
}
