package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Position;
import dev.pushwire.endpoint.spi.Limit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a client may send besides the topic, and what it may ask before. */
class SubscribeOptionsTest extends PushEndpointFixture {
    @Nested
    class SubscribingToSeveral {
        @Test
        void isAnsweredForEach() {
            Position first = hub.publish(NEWS, "a");
            hub.publish(NEWS, "b");
            send("{'type':'subscribe','id':1,'topics':[{'topic':'kept.news','since':'" + first
                    + "'},{'topic':'closed.a'},{'topic':'plain'},{'topic':'kept.*'}]}");
            assertThat(received())
                    .map(line -> line.replaceAll(",'(epoch|message|connection)'.*", ""))
                    .containsExactly(
                            "{'type':'subscribed','id':1,'topic':'kept.news'",
                            "{'type':'publication','topic':'kept.news'",
                            "{'type':'joined','topic':'kept.news'",
                            "{'type':'error','id':1,'topic':'closed.a','code':'forbidden'",
                            "{'type':'subscribed','id':1,'topic':'plain'",
                            "{'type':'subscribed','id':1,'topic':'kept.*'}");
        }

        @Test
        void countsEachForTheLimits() {
            send("{'type':'subscribe','id':1,'topics':[{'topic':'a'},{'topic':'a'},{'topic':'b'},{'topic':'c'},"
                    + "{'topic':'d'}]}");
            assertErrors("already_subscribed", "too_many_subscriptions");
            assertThat(exceeded).containsExactly(Limit.SUBSCRIPTIONS_PER_CONNECTION);
        }

        /** The first may have waited for it; not each of a thousand. */
        @Test
        void isRefusedForAllWhereTheBrokerIsAway() {
            send("{'type':'subscribe','id':1,'topic':'known'}");
            received();
            hub.broker().setUnavailable(true);
            send("{'type':'subscribe','id':2,'topics':[{'topic':'a'},{'topic':'known'},{'topic':'b.*'}]}");
            assertErrors("unavailable", "unavailable", "unavailable");
        }

        /** What cannot be read is a mistake of whoever wrote the client: nothing of it is done. */
        @Test
        void isRefusedWholeWhereOneCannotBeRead() {
            send("{'type':'subscribe','id':1,'topics':[{'topic':'a'},{'topic':'b..c'}]}");
            assertThat(received())
                    .singleElement()
                    .asString()
                    .startsWith("{'type':'error','id':1,'code':'invalid_topic','message':'In 'topics[1]': ");
            assertThat(hub.hub().activeSubscriptions()).isZero();
        }
    }

    @Nested
    class Connecting {
        @Test
        void isAnsweredWithTheLimits() {
            send("{'type':'connect','id':1}");
            assertThat(received())
                    .containsExactly("{'type':'connected','id':1,'connection':'" + session.id()
                            + "','limits':{'messageSize':65536,'commandsPerSecond':50,'topics':3,'patterns':2,"
                            + "'topicsPerCommand':1000}}");
        }

        @Test
        void saysWhoTheClientIs() {
            send("{'type':'authenticate','id':1,'token':'ada'}", "{'type':'connect','id':2}");
            assertThat(received()).last().asString().contains(",'principal':'ada','limits':");
        }
    }

    @Nested
    class TheNewest {
        @Test
        void comeFirst() {
            hub.publish(NEWS, "a");
            hub.publish(NEWS, "b");
            hub.publish(NEWS, "c");
            send("{'type':'subscribe','id':1,'topic':'kept.news','last':2}");
            assertThat(received())
                    .map(line -> line.replaceAll(",'connection'.*", "}"))
                    .startsWith(
                            "{'type':'subscribed','id':1,'topic':'kept.news','epoch':'E','offset':1,'recovered':true}",
                            publication(2, "'b'"),
                            publication(3, "'c'"));
        }

        /** As a publication has it. */
        @Test
        void areNotNeededByWhoSaysWhereItLeftOff() {
            Position first = hub.publish(NEWS, "a");
            hub.publish(NEWS, "b");
            hub.publish(NEWS, "c");
            send("{'type':'subscribe','id':1,'topic':'kept.news','last':1,'since':{'epoch':'" + first.epoch()
                    + "','offset':1}}");
            assertThat(received()).contains(publication(2, "'b'"), publication(3, "'c'"));
        }
    }
}
