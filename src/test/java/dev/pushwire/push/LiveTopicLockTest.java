package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwire.broker.TopicName;
import dev.pushwire.testing.RecordingGroups;
import org.junit.jupiter.api.Test;

/** All sessions of a topic would wait for a broker that is asked under the topic's lock. */
class LiveTopicLockTest {
    private static final TopicName NEWS = new TopicName("news");

    private final TestHub hub = new TestHub();
    private final LiveTopics topics = new LiveTopics(
            hub.broker(), null, TestHub.RULES, new RecordingGroups(), new HubLimits(1, 0, 0), hub.clock());
    private final LiveTopic topic = new LiveTopic(NEWS, TestHub.RULES.of(NEWS), topics);

    @Test
    void theBrokerIsNotToBeHadUnderTheLockOfATopic() {
        assumeTrue(LiveTopic.class.desiredAssertionStatus(), "assertions are on in the build");
        synchronized (topic) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(topic::broker)
                    .withMessageContaining("news");
        }
        assertThat(topic.broker()).isSameAs(hub.broker());
    }
}
