package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares groups whose members come and go in the middle of rounds with a model without rounds. */
class BroadcastsModelTest {
    @AutoClose
    private final TestLoop loop = new TestLoop();

    /** Sessions join, leave, end and are sent something at random. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySessionGetsJustWhatWasSentWhileItWasAMember(long seed) {
        Random random = new Random(seed);
        List<SessionGroup> groups = Stream.generate(() -> (SessionGroup) new LoopSessionGroup(true, _ -> {}))
                .limit(4)
                .toList();
        List<Set<TestConnection>> model = groups.stream()
                .<Set<TestConnection>>map(_ -> new LinkedHashSet<>())
                .toList();
        List<TestConnection> all = Stream.generate(() -> loop.connection().open())
                .limit(2 * Broadcasts.MEMBERS)
                .toList();
        Map<TestConnection, List<String>> expected = new HashMap<>();
        all.forEach(each -> expected.put(each, new ArrayList<>()));
        Set<TestConnection> ended = new HashSet<>();
        for (TestConnection each : all) {
            groups.getFirst().add(each.session());
            model.getFirst().add(each);
        }
        for (int step = 0; step < 3_000; step++) {
            int which = random.nextInt(groups.size());
            TestConnection one = all.get(random.nextInt(all.size()));
            Session session = one.session();
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> {
                    groups.get(which).add(session);
                    if (!ended.contains(one)) {
                        model.get(which).add(one);
                    }
                }
                case 6, 7, 8 -> {
                    groups.get(which).remove(session);
                    model.get(which).remove(one);
                }
                case 9, 10 -> {
                    groups.get(which).send(OutboundMessage.text("" + step));
                    note(model.get(which), expected, "text " + step);
                }
                case 11 -> {
                    groups.get(which).send(OutboundMessage.text("" + step), groups);
                    Set<TestConnection> union = new HashSet<>();
                    model.forEach(union::addAll);
                    note(union, expected, "text " + step);
                }
                case 12 -> {
                    session.send("own " + step);
                    note(ended.contains(one) ? Set.of() : Set.of(one), expected, "text own " + step);
                }
                case 13 -> {
                    if (step % 10 == 0 && ended.add(one)) {
                        session.close();
                        expected.get(one).add("close 1000");
                        model.forEach(set -> set.remove(one));
                    }
                }
                default -> loop.pass();
            }
        }
        loop.settle();
        expected.forEach((connection, frames) -> assertThat(connection.sent()).isEqualTo(frames));
        for (int i = 0; i < groups.size(); i++) {
            assertThat(groups.get(i).size()).isEqualTo(model.get(i).size());
        }
        assertThat(loop.loop().inflowBytes()).isZero();
        assertThat(ended).isNotEmpty();
    }

    private static void note(Set<TestConnection> receivers, Map<TestConnection, List<String>> expected, String frame) {
        receivers.forEach(receiver -> expected.get(receiver).add(frame));
    }
}
