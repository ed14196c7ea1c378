package dev.pushwire.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordingGroupsTest {
    private static final OutboundMessage MESSAGE = OutboundMessage.text("message");

    private final AtomicInteger told = new AtomicInteger();
    private final RecordingGroups groups = new RecordingGroups();
    private final SessionGroup group = groups.create(told::addAndGet);
    private final RecordingSession one = new RecordingSession();
    private final RecordingSession two = new RecordingSession();

    @Test
    void aMessageIsWithEachMemberAtOnce() {
        group.add(one);
        group.add(one);
        group.add(two);
        group.send(MESSAGE);
        group.remove(two);
        group.send(MESSAGE);
        assertThat(one.sent()).containsExactly(MESSAGE, MESSAGE);
        assertThat(two.sent()).containsExactly(MESSAGE);
        assertThat(group.size()).isEqualTo(1);
        assertThat(told).hasValue(1);
    }

    @Test
    void aMessageToSeveralGroupsReachesEachSessionOnce() {
        SessionGroup other = groups.createUnpaced(_ -> {});
        group.add(one);
        other.add(one);
        other.add(two);
        group.send(MESSAGE, List.of(other, group));
        assertThat(one.sent()).containsExactly(MESSAGE);
        assertThat(two.sent()).containsExactly(MESSAGE);
    }

    @Test
    void aSessionInSeveralGroupsGetsTheMessageOfTheFirst() {
        SessionGroup other = groups.createUnpaced(_ -> {});
        OutboundMessage otherMessage = OutboundMessage.text("other");
        group.add(one);
        other.add(one);
        other.add(two);
        group.sendFirst(MESSAGE, List.of(new SessionGroup.Addressed(other, otherMessage)));
        assertThat(one.sent()).containsExactly(MESSAGE);
        assertThat(two.sent()).containsExactly(otherMessage);
    }

    @Test
    void aSessionThatIsExceptedGetsNothing() {
        group.add(one);
        group.add(two);
        group.send(MESSAGE, List.of(), Set.of(one));
        assertThat(one.sent()).isEmpty();
        assertThat(two.sent()).containsExactly(MESSAGE);
    }

    @Test
    void aSessionThatClosesLeaves() {
        group.add(one);
        group.add(two);
        one.close();
        assertThat(group.size()).isEqualTo(1);
        group.close(new CloseStatus(4000));
        assertThat(two.closedWith()).isEqualTo(new CloseStatus(4000));
        group.add(two);
        assertThat(group.size()).isZero();
        assertThat(told).hasValue(0);
    }

    @Test
    void aSessionThatClosesWhileItIsAddedIsNotLeftBehind() {
        SessionGroup closing = groups.create(change -> {
            told.addAndGet(change);
            one.close();
        });
        closing.add(one);
        assertThat(closing.size()).isZero();
        assertThat(told).hasValue(0);
    }

    @Test
    void sessionsAndGroupsOfAnotherMakeAreRefused() {
        Session foreign = proxy(Session.class);
        SessionGroup foreignGroup = proxy(SessionGroup.class);
        assertThatIllegalArgumentException().isThrownBy(() -> group.add(foreign));
        assertThatIllegalArgumentException().isThrownBy(() -> group.remove(foreign));
        assertThatIllegalArgumentException().isThrownBy(() -> group.send(MESSAGE, List.of(foreignGroup)));
    }

    private static <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> "of another make"));
    }
}
