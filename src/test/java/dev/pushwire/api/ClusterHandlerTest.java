package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Revocations;
import dev.pushwire.access.Tokens;
import dev.pushwire.broker.NodeName;
import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.Connections;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.push.OpenClients;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of two versions. {@link AllNodesTest} tests what nodes of one version do together. */
class ClusterHandlerTest {
    @AutoClose
    private final EventLoopGroup loops =
            new EventLoopGroup("node", 1, Duration.ofMillis(50), new CompressionSettings(256, 6));

    private final Revocations revocations = Tokens.noneRevoked();
    private final ClusterHandler agent = new ClusterHandler(
            new NodeName("node"),
            new Connections(loops, Duration.ofSeconds(5)),
            revocations,
            new ClientSubscriptions(new OpenClients()));

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void whatANewerVersionAddsCountsForNothing() {
        String notice = json("{'what':'revoke','principal':'ada','at':'2026-11-21T10:00:00.123456Z','why':{'a':[1]}}");
        assertThat(agent.told(notice).get()).isEqualTo(json("{'total':0,'closed':0,'complete':true}"));
        assertThat(revocations.size()).isOne();
        assertThat(agent.asked(json("{'what':'list','principal':'ada','sort':'age'}")))
                .isEqualTo(json("{'total':0,'connections':[],'closed':0,'complete':true}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'what':'forgive','principal':'ada','at':'2026-11-21T10:00:00Z'}",
                "{'what':'revoke','principal':'ada'}",
                "{}"
            })
    void aNoticeThatSaysSomethingElseChangesNothing(String notice) {
        assertThat(agent.told(json(notice)).get()).isNull();
        assertThat(revocations.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'what':'count','principal':'ada'}",
                "{'what':'list'}",
                "{'what':'subscribe','principal':'ada'}",
                "{'what':'subscribe','principal':'ada','topic':'a..b'}",
                "{'what':'unsubscribe','topic':'a'}",
                "{'what':'close','code':1001,'endpoint':'/echo'}",
                "{}"
            })
    void aQuestionThatIsNotKnownGetsNoAnswer(String question) {
        assertThat(agent.asked(json(question))).isNull();
    }

    @Test
    void anAnswerMayHaveMoreAndLess() {
        assertThat(NodeJson.read(json("{'closed':3,'opened':1}"), NodeJson.Answer.class))
                .isEqualTo(new NodeJson.Answer(0, null, 3, false));
    }
}
