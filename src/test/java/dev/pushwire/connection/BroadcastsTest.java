package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A message to a large group is spread over passes. Members notice nothing but the time that it takes. */
class BroadcastsTest {
    private static final int TURN = Broadcasts.MEMBERS;
    private static final int MANY = 2 * TURN + TURN / 2;

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final SessionGroup group = group();

    private SessionGroup group() {
        return new LoopSessionGroup(true, _ -> {});
    }

    private static OutboundMessage message(Object text) {
        return OutboundMessage.text("" + text);
    }

    private TestConnection member() {
        return memberOf(group);
    }

    private TestConnection memberOf(SessionGroup of) {
        TestConnection member = loop.connection().open();
        of.add(member.session());
        return member;
    }

    private List<TestConnection> members(int count) {
        return Stream.generate(this::member).limit(count).toList();
    }

    private static List<TestConnection> thatGot(List<TestConnection> members, String frame) {
        return members.stream().filter(member -> member.sent().contains(frame)).toList();
    }

    private static List<TestConnection> thatGotNothing(List<TestConnection> members) {
        return members.stream().filter(member -> member.sent().isEmpty()).toList();
    }

    // A pass is bounded

    @Test
    void aPassReachesSoManyMembersAndNoMore() {
        List<TestConnection> members = members(MANY);
        group.send(message("hello"));
        loop.pass();
        assertThat(thatGot(members, "text hello")).hasSize(TURN);
        loop.pass();
        assertThat(thatGot(members, "text hello")).hasSize(2 * TURN);
        loop.pass();
        members.forEach(member -> member.assertSent("text hello"));
        assertThat(loop.loop().isDone()).isTrue();
    }

    @Test
    void aPassCarriesSoManyBytesAndNoMore() {
        List<TestConnection> members = members(TURN);
        group.send(OutboundMessage.binary(ByteBuffer.allocate(Broadcasts.BYTES / 4)));
        loop.pass();
        assertThat(thatGotNothing(members)).hasSize(TURN - 4);
        loop.settle();
        assertThat(thatGotNothing(members)).isEmpty();
    }

    /** A thousand publications wait once, and not once for each member. */
    @Test
    void whatWaitsIsKeptOnceHoweverManyMembersThereAre() {
        List<TestConnection> members = members(MANY);
        for (int i = 0; i < 1_000; i++) {
            group.send(message(i));
        }
        long waiting = loop.loop().inflowBytes();
        assertThat(waiting).isBetween(1_000L, 1_000L * 200);
        int passes = 0;
        while (!loop.loop().isDone()) {
            loop.pass();
            passes++;
            assertThat(members.stream().mapToLong(it -> it.connection().out().backlog()))
                    .containsOnly(0L);
            assertThat(thatGotNothing(members).size()).isGreaterThanOrEqualTo(MANY - passes * TURN);
        }
        assertThat(loop.loop().inflowBytes()).isZero();
        members.forEach(member -> assertThat(member.sent()).hasSize(1_000));
        assertThat(members.stream().map(it -> it.transport.writes())).containsOnly(1);
    }

    @Test
    void aFloodOfWritesIsSpreadOverPassesToo() {
        List<TestConnection> all = Stream.generate(() -> loop.connection().open())
                .limit(LoopConnections.WRITTEN_IN_A_PASS + 1)
                .toList();
        all.forEach(connection -> connection.session().send("hello"));
        loop.pass();
        assertThat(thatGotNothing(all)).hasSize(1);
        loop.pass();
        assertThat(thatGotNothing(all)).isEmpty();
    }

    // What goes on between turns

    @Test
    void aNeighbourIsReadAndAnsweredMeanwhile() {
        TestConnection neighbour = loop.connection().open();
        neighbour.endpoint.echo();
        List<TestConnection> members = members(MANY);
        group.send(message("hello"));
        loop.pass();
        neighbour.arrives(Wire.text("are you there?"));
        loop.pass();
        neighbour.assertSent("text are you there?");
        assertThat(thatGotNothing(members)).isNotEmpty();
    }

    @Test
    void tasksAndDeadlinesHaveTheirTurn() throws Exception {
        try (TestLoop impatient = new TestLoop(0, Duration.ZERO)) {
            SessionGroup large = new LoopSessionGroup(true, _ -> {});
            Stream.generate(() -> impatient.connection().open())
                    .limit(MANY)
                    .forEach(member -> large.add(member.session()));
            TestConnection stuck = impatient.connection().open();
            stuck.peerStopsReading();
            List<String> done = new ArrayList<>();
            large.send(message("hello"));
            impatient.loop().execute(() -> done.add("task"));
            stuck.session().send("waits");
            impatient.pass();
            assertThat(impatient.loop().broadcasts().isIdle()).isFalse();
            assertThat(done).containsExactly("task");
            assertThat(impatient.loop().statistics().outboxBytes()).isPositive(); // a sweep has looked
            stuck.peerReads();
        }
    }

    @Test
    void aSmallGroupDoesNotWaitForALargeOne() {
        List<TestConnection> members = members(MANY);
        SessionGroup small = group();
        TestConnection other = memberOf(small);
        group.send(message("to many"));
        small.send(message("to one"));
        loop.pass();
        other.assertSent("text to one");
        assertThat(thatGotNothing(members)).isNotEmpty();
    }

    @Test
    void whatComesInTheMiddleOfARoundSharesTheWritesThatAreStillToCome() {
        List<TestConnection> members = members(MANY);
        group.send(message(1));
        loop.pass();
        List<TestConnection> later = thatGotNothing(members);
        group.send(message(2));
        loop.settle();
        members.forEach(member -> member.assertSent("text 1", "text 2"));
        for (TestConnection member : members) {
            assertThat(member.transport.writes()).isEqualTo(later.contains(member) ? 1 : 2);
        }
    }

    /** The first round does not have to end before the second begins. */
    @Test
    void nobodyWaitsLongerThanARound() {
        List<TestConnection> members = members(MANY);
        group.send(message(1));
        loop.pass();
        group.send(message(2));
        for (int reached = 0; reached < MANY; reached += TURN) {
            loop.pass();
        }
        members.forEach(member -> member.assertSent("text 1", "text 2"));
    }

    /** Otherwise the same members would always be first. */
    @Test
    void theNextRoundBeginsWhereTheLastOneEnded() {
        List<TestConnection> members = members(MANY);
        group.send(message(1));
        loop.settle();
        group.send(message(2));
        loop.pass();
        List<TestConnection> first = thatGot(members, "text 2");
        loop.settle();
        List<TestConnection> rest = new ArrayList<>(members);
        rest.removeAll(first);
        group.send(message(3));
        loop.settle();
        assertThat(rest).hasSize(MANY - TURN);
        members.forEach(member -> member.assertSent("text 1", "text 2", "text 3"));
    }

    // The order for each member

    @Test
    void whatASessionIsSentItselfComesBehindWhatItsGroupWasSentBefore() {
        List<TestConnection> members = members(MANY);
        group.send(message("to all"));
        loop.pass();
        TestConnection late = thatGotNothing(members).getFirst();
        late.session().send("to you");
        late.session().offer(message("an offer"));
        group.send(message("to all again"));
        loop.settle();
        late.assertSent("text to all", "text to you", "text an offer", "text to all again");
    }

    @Test
    void aCloseComesBehindIt() {
        List<TestConnection> members = members(MANY);
        group.send(message("to all"));
        loop.pass();
        List<TestConnection> late = thatGotNothing(members);
        late.get(0).session().close();
        late.get(1).receives(Wire.close(1000));
        late.get(2).connection().session().leave(new Ending.LifetimeOver());
        loop.settle();
        late.get(0).assertSent("text to all", "close 1000");
        late.get(1).assertSent("text to all", "close 1000");
        late.get(2).assertSent("text to all", "close 1012 please connect again");
    }

    @Test
    void whatSeveralGroupsWereSentComesInOrderAndOnce() {
        List<TestConnection> members = members(MANY);
        SessionGroup second = group();
        TestConnection both = members.getFirst();
        second.add(both.session());
        group.send(message(1));
        second.send(message(2));
        group.send(message(3), List.of(second));
        second.send(message(4), List.of(group));
        loop.settle();
        both.assertSent("text 1", "text 2", "text 3", "text 4");
        members.getLast().assertSent("text 1", "text 3", "text 4");
    }

    @Test
    void aSessionOfManyGroupsGetsAllInOrder() {
        List<SessionGroup> groups = Stream.generate(this::group).limit(50).toList();
        TestConnection busy = loop.connection().open();
        TestConnection quiet = loop.connection().open();
        groups.forEach(each -> each.add(busy.session()));
        groups.getFirst().add(quiet.session());
        IntStream.range(0, 50).forEach(i -> groups.get(49 - i).send(message(i)));
        loop.settle();
        assertThat(busy.sent())
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "text " + i).toList());
        assertThat(busy.transport.writes()).isEqualTo(1);
        quiet.assertSent("text 49");
    }

    // Who is a member

    @Test
    void whoJoinsInTheMiddleOfARoundGetsWhatComesFromThenOn() {
        members(MANY);
        group.send(message("before"));
        loop.pass();
        TestConnection joined = member();
        group.send(message("after"));
        loop.settle();
        joined.assertSent("text after");
    }

    @Test
    void whoLeavesInTheMiddleOfARoundGetsWhatCameBefore() {
        List<TestConnection> members = members(MANY);
        group.send(message("before"));
        loop.pass();
        List<TestConnection> late = thatGotNothing(members);
        late.forEach(member -> group.remove(member.session()));
        group.send(message("after"));
        loop.settle();
        late.forEach(member -> member.assertSent("text before"));
        assertThat(group.size()).isEqualTo(MANY - late.size());
    }

    @Test
    void aGroupWhoseMembersAreAllGoneHasNothingWaiting() {
        List<TestConnection> members = members(MANY);
        group.send(message("hello"));
        loop.pass();
        members.forEach(TestConnection::peerVanishesByReset);
        loop.settle();
        assertThat(loop.loop().inflowBytes()).isZero();
        assertThat(group.size()).isZero();
    }

    @Test
    void aGroupIsClosedBehindWhatItWasSentAndNothingElse() {
        List<TestConnection> members = members(MANY);
        group.send(message("last"));
        group.close(CloseStatus.NORMAL);
        group.send(message("too late"));
        TestConnection joined = loop.connection().open();
        loop.pass();
        group.add(joined.session());
        loop.settle();
        members.forEach(member -> member.assertSent("text last", "close 1000"));
        joined.assertOpen();
        joined.assertSent();
        assertThat(group.size()).isEqualTo(1);
    }

    // Who sends faster

    /** It sends to a group of its own loop, which no thread could wait for. */
    @Test
    void aTalkerIsNotReadFromWhileTooMuchOfWhatItSaidIsUnderWay() {
        TestConnection talker = loop.connection(Execution.EVENT_LOOP, TestConnection.limits(10_000_000, 1_000_000))
                .open();
        talker.endpoint.onText = (_, text) -> group.send(OutboundMessage.text(text));
        List<TestConnection> members = members(MANY);
        int messages = 600;
        byte[][] said = Stream.generate(() -> Wire.text("x".repeat(1_000)))
                .limit(messages)
                .toArray(byte[][]::new);
        talker.arrives(said);
        long most = 0;
        while (!loop.loop().isDone() || talker.isReady() || most == 0) {
            loop.pass();
            most = Math.max(most, loop.loop().inflowBytes());
        }
        assertThat(most).isBetween(LoopBackpressure.MOST, LoopBackpressure.MOST + 1_200);
        Predicate<TestConnection> gotAll = member -> member.sent().size() == messages;
        assertThat(members).allMatch(gotAll);
    }
}
