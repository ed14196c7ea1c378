package dev.pushwire.pushprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.PushClose;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PushEndpointTest extends PushEndpointFixture {
    @Nested
    class Subscribing {
        @Test
        void begetsThePublicationsThatFollow() {
            send("{'type':'subscribe','id':1,'topic':'plain'}");
            hub.publish(new TopicName("plain"), "say \"hi\"");
            hub.hub().publish(new TopicName("plain"), json("{\n \"a\": 1\r\n}"), new PublishOptions(null, "k"));
            hub.hub()
                    .publish(
                            new TopicName("plain"),
                            Payload.of(Payload.Kind.BINARY, new byte[] {'h', 'i'}),
                            PublishOptions.NONE);
            send("{'type':'unsubscribe','id':2,'topic':'plain'}");
            hub.publish(new TopicName("plain"), "too late");
            assertThat(received())
                    .containsExactly(
                            "{'type':'subscribed','id':1,'topic':'plain','epoch':'E','offset':0,'recovered':true}",
                            "{'type':'publication','topic':'plain','epoch':'E','offset':1,'data':'say \\'hi\\''}",
                            "{'type':'publication','topic':'plain','epoch':'E','offset':2,'key':'k','data':{  'a': 1 "
                                    + " }}",
                            "{'type':'publication','topic':'plain','epoch':'E','offset':3,'encoding':'base64','data':'aGk='}",
                            "{'type':'unsubscribed','id':2,'topic':'plain'}");
        }

        /** A node that checks less may have called it so. */
        @Test
        void whatCannotBeJsonStandsInNoMessage() {
            send("{'type':'subscribe','id':1,'topic':'plain'}");
            received();
            for (String text : List.of("", " ", "\uFEFF{}")) {
                hub.hub().publish(new TopicName("plain"), json(text), PublishOptions.NONE);
            }
            assertThat(received())
                    .map(line -> line.replaceAll(".*'data':", ""))
                    .containsExactly("''}", "' '}", "'\uFEFF{}'}");
        }

        private static Payload json(String text) {
            return Payload.of(Payload.Kind.JSON, text.getBytes(UTF_8));
        }

        @Test
        void fromWhereItLeftOffRecovers() {
            Position first = hub.publish(NEWS, "a");
            hub.publish(NEWS, "b");
            send("{'type':'subscribe','id':1,'topic':'kept.news','since':'" + first + "'}");
            hub.publish(NEWS, "c");
            assertThat(received())
                    .containsExactly(
                            "{'type':'subscribed','id':1,'topic':'kept.news','epoch':'E','offset':1,'recovered':true,"
                                    + "'connection':'" + session.id() + "'}",
                            publication(2, "'b'"),
                            "{'type':'joined','topic':'kept.news','connection':'" + session.id() + "'}",
                            publication(3, "'c'"));
        }

        @Test
        void fromWhereNobodyRemembersIsTold() {
            hub.publish(NEWS, "a");
            send("{'type':'subscribe','id':1,'topic':'kept.news','since':'other:7'}");
            assertThat(received())
                    .first()
                    .asString()
                    .startsWith(
                            "{'type':'subscribed','id':1,'topic':'kept.news','epoch':'E','offset':1,'recovered':false,");
        }

        @Test
        void toAPattern() {
            send("{'type':'subscribe','id':1,'topic':'kept.*'}", "{'type':'subscribe','id':2,'topic':'kept.>'}");
            hub.publish(NEWS, "a");
            assertThat(received())
                    .containsExactly(
                            "{'type':'subscribed','id':1,'topic':'kept.*'}",
                            "{'type':'subscribed','id':2,'topic':'kept.>'}",
                            publicationBy("kept.*", 1, "'a'"));
        }

        /** Each connection gets it once: by name, if it has asked for it so. */
        @Test
        void toAPatternIsNamedWithEachPublication() {
            RecordingSession byName = new RecordingSession();
            RecordingSession byTheOther = new RecordingSession();
            open(byName);
            open(byTheOther);
            send("{'type':'subscribe','id':1,'topic':'kept.*'}");
            send(byTheOther, "{'type':'subscribe','id':1,'topic':'>'}", "{'type':'subscribe','id':2,'topic':'kept.>'}");
            send(
                    byName,
                    "{'type':'subscribe','id':1,'topic':'kept.*'}",
                    "{'type':'subscribe','id':2,'topic':'kept.news'}");
            List.of(session, byName, byTheOther).forEach(PushEndpointTest.this::received);
            hub.publish(NEWS, "a");
            assertThat(received()).containsExactly(publicationBy("kept.*", 1, "'a'"));
            assertThat(received(byTheOther)).containsExactly(publicationBy("kept.>", 1, "'a'"));
            assertThat(received(byName)).containsExactly(publication(1, "'a'"));
        }

        @Test
        void isRefusedWithAReason() {
            send(
                    "{'type':'subscribe','id':1,'topic':'a'}",
                    "{'type':'subscribe','id':2,'topic':'a'}",
                    "{'type':'subscribe','id':3,'topic':'closed.a'}",
                    "{'type':'subscribe','id':4,'topic':'>'}",
                    "{'type':'subscribe','id':5,'topic':'b'}",
                    "{'type':'subscribe','id':6,'topic':'c'}",
                    "{'type':'subscribe','id':7,'topic':'d'}",
                    "{'type':'unsubscribe','id':8,'topic':'d'}");
            assertErrors("already_subscribed", "forbidden", "forbidden", "too_many_subscriptions", "not_subscribed");
            assertThat(exceeded).containsExactly(Limit.SUBSCRIPTIONS_PER_CONNECTION);
        }

        @Test
        void toPatternsHasALimitOfItsOwn() {
            send(
                    "{'type':'subscribe','id':1,'topic':'a.*'}",
                    "{'type':'subscribe','id':2,'topic':'b.*'}",
                    "{'type':'subscribe','id':3,'topic':'c.*'}",
                    "{'type':'subscribe','id':4,'topic':'a'}",
                    "{'type':'subscribe','id':5,'topic':'b'}",
                    "{'type':'subscribe','id':6,'topic':'c'}",
                    "{'type':'subscribe','id':7,'topic':'a.*'}",
                    "{'type':'unsubscribe','id':8,'topic':'b.*'}",
                    "{'type':'subscribe','id':9,'topic':'c.*'}");
            assertErrors("too_many_patterns", "already_subscribed");
            assertThat(exceeded).containsExactly(Limit.PATTERNS_PER_CONNECTION);
        }

        @Test
        void toPatternsIsLimitedForAllConnectionsTogether() {
            RecordingSession other = new RecordingSession();
            open(other);
            send(other, "{'type':'subscribe','id':1,'topic':'a.*'}", "{'type':'subscribe','id':2,'topic':'b.*'}");
            send(
                    "{'type':'subscribe','id':1,'topic':'c.*'}",
                    "{'type':'subscribe','id':2,'topic':'d.*'}",
                    "{'type':'subscribe','id':3,'topic':'a.*'}",
                    "{'type':'unsubscribe','id':4,'topic':'d.*'}");
            assertErrors("server_full", "not_subscribed");
            assertThat(exceeded).containsExactly(Limit.PATTERNS_PER_NODE);
        }

        @Test
        void endsWithTheConnection() {
            send("{'type':'subscribe','id':1,'topic':'kept.news'}", "{'type':'subscribe','id':2,'topic':'kept.*'}");
            session.close();
            endpoint.onClose(session, CloseStatus.NORMAL);
            assertThat(hub.hub().activeSubscriptions()).isZero();
            assertThat(hub.presence().members(NEWS)).isEmpty();
        }

        @Test
        void whileTheBrokerIsAway() {
            hub.broker().setUnavailable(true);
            send("{'type':'subscribe','id':1,'topic':'a'}", "{'type':'subscribe','id':2,'topic':'a.*'}");
            assertErrors("unavailable", "unavailable");
            hub.broker().setUnavailable(false);
            send("{'type':'subscribe','id':3,'topic':'a'}");
            assertThat(received()).first().asString().startsWith("{'type':'subscribed','id':3,");
        }
    }

    @Nested
    class Publishing {
        @Test
        void isAnsweredWithThePosition() {
            send(
                    "{'type':'publish','id':1,'topic':'kept.news','data':'a','idempotencyKey':'once'}",
                    "{'type':'publish','id':2,'topic':'kept.news','data':'a','idempotencyKey':'once'}");
            assertThat(received())
                    .containsExactly(
                            "{'type':'published','id':1,'topic':'kept.news','epoch':'E','offset':1}",
                            "{'type':'published','id':2,'topic':'kept.news','epoch':'E','offset':1,'duplicate':true}");
        }

        @Test
        void isForWhoMay() {
            send(
                    "{'type':'publish','id':1,'topic':'plain','data':'a'}",
                    "{'type':'publish','id':2,'topic':'closed.a','data':'a'}",
                    "{'type':'authenticate','id':3,'token':'ada'}",
                    "{'type':'publish','id':4,'topic':'plain','data':'a'}");
            assertErrors("unauthenticated", "forbidden", "forbidden");
        }

        @Test
        void whileTheBrokerIsAway() {
            hub.broker().setUnavailable(true);
            send("{'type':'publish','id':1,'topic':'kept.news','data':'a'}");
            assertErrors("unavailable");
        }
    }

    @Nested
    class PresenceOnATopic {
        private final RecordingSession ada =
                new RecordingSession(TestHandshake.to("/push").withPrincipal("ada"));

        @Test
        void isAskedForAndTold() {
            open(ada);
            send("{'type':'subscribe','id':1,'topic':'kept.news'}");
            received();
            send(ada, "{'type':'subscribe','id':1,'topic':'kept.news','info':{'name':'Ada'}}");
            String member = "'connection':'" + ada.id() + "','principal':'ada','info':{'name':'Ada'}}";
            assertThat(received()).containsExactly("{'type':'joined','topic':'kept.news'," + member);

            send("{'type':'presence','id':2,'topic':'kept.news'}");
            assertThat(received())
                    .containsExactly("{'type':'presence','id':2,'topic':'kept.news','members':[{'connection':'"
                            + session.id() + "'},{" + member + "]}");

            endpoint.onClose(ada, CloseStatus.NORMAL);
            assertThat(received()).containsExactly("{'type':'left','topic':'kept.news'," + member);
        }

        @Test
        void showsWhoItIsFromTheFirstTokenOn() {
            RecordingSession eve = new RecordingSession();
            open(eve);
            send(
                    eve,
                    "{'type':'subscribe','id':1,'topic':'kept.news','info':7}",
                    "{'type':'subscribe','id':2,'topic':'kept.*'}");
            send("{'type':'subscribe','id':1,'topic':'kept.news'}");
            received();
            send(eve, "{'type':'authenticate','id':3,'token':'eve'}");
            String member = "'topic':'kept.news','connection':'" + eve.id() + "'";
            assertThat(received())
                    .containsExactly(
                            "{'type':'left'," + member + ",'info':7}",
                            "{'type':'joined'," + member + ",'principal':'eve','info':7}");
            send(eve, "{'type':'authenticate','id':4,'token':'eve'}");
            assertThat(received()).isEmpty();
        }

        /** A small command may have a large answer, and a message many of them. */
        @Test
        void manyAnswersAreNotGatheredWithoutEnd() {
            String info = "x".repeat(1000);
            for (int i = 0; i < 20; i++) {
                RecordingSession other = new RecordingSession();
                open(other);
                send(other, "{'type':'subscribe','id':1,'topic':'kept.news','info':'" + info + "'}");
            }
            send("{'type':'presence','id':1,'topic':'kept.news'}\n".repeat(100));
            assertThat(session.texts())
                    .hasSizeGreaterThan(40)
                    .allSatisfy(message -> assertThat(message).hasSizeLessThan(100_000));
            assertThat(received()).hasSize(100);
        }

        @Test
        void isNotEverywhere() {
            send("{'type':'presence','id':1,'topic':'plain'}", "{'type':'presence','id':2,'topic':'closed.a'}");
            assertErrors("no_presence", "forbidden");
        }
    }

    @Nested
    class Messages {
        @Test
        void mayHoldSeveralCommandsAndAnswers() {
            send("{'type':'ping','id':1}\n\n{'type':'ping','id':2}\r\n{'type':'dance','id':3}\n");
            assertThat(session.texts()).hasSize(1);
            assertThat(received())
                    .startsWith("{'type':'pong','id':1}", "{'type':'pong','id':2}")
                    .hasSize(3);
        }

        @Test
        void thatAreMalformedAreAnsweredAndTheConnectionLives() {
            send("hello");
            endpoint.onBinary(session, ByteBuffer.allocate(3));
            assertErrors("malformed", "malformed");
            assertThat(session.isOpen()).isTrue();
        }

        /** The lines behind the one that ends the connection are never made. */
        @Test
        void ofManyLinesTakeLittleMoreThanTheirBytes() {
            String lines = "x\n".repeat(500_000);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            endpoint.onText(session, new TestText(lines));
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * lines.length());
            assertThat(session.closedWith()).isEqualTo(PushClose.BAD_COMMANDS.status());
        }

        @Test
        void thatAreNothingButMalformedEndIt() {
            for (int i = 0; i < 15; i++) {
                send("hello");
            }
            send("{'type':'ping','id':1}");
            for (int i = 0; i < 15; i++) {
                send("hello");
            }
            assertThat(session.isOpen()).isTrue();
            send("hello");
            assertThat(session.closedWith()).isEqualTo(PushClose.BAD_COMMANDS.status());
        }

        /** As from a client of a later version, or one that subscribes to a name that is none. */
        @Test
        void thatCanBeReadEndTheRowOfThoseThatCannot() {
            for (int i = 0; i < 10; i++) {
                send(
                        "hello\nhello",
                        "{'type':'dance','id':1}",
                        "hello\nhello",
                        "{'type':'subscribe','id':2,'topic':'a b'}");
            }
            assertThat(session.isOpen()).isTrue();
        }
    }
}
