package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A connection sends to one on another loop, which is stuck. Only a bounded part of its messages is kept, and none is
 * lost.
 */
@Timeout(60)
class LoopBackpressureTest {
    private static final int MESSAGE = 10_000;
    private static final int MESSAGES = 2_000;
    /** A talker is held back by the message that is too many. */
    private static final int MOST_UNDER_WAY = (int) LoopBackpressure.MOST / MESSAGE + 2;

    private final EventLoopGroup loops = new EventLoopGroup("node", 2, Duration.ofMillis(50), TestLoop.COMPRESSION);
    private final Sockets sockets = new Sockets(loops);
    private final RecordingEndpoint talking = new RecordingEndpoint();
    private final RecordingEndpoint listening = new RecordingEndpoint();
    private final List<Session> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch unstuck = new CountDownLatch(1);

    private Socket talker;
    private Socket listener;

    @BeforeEach
    void oneOnEachLoop() throws IOException {
        talker = sockets.connect(talking, Execution.EVENT_LOOP);
        Sockets.until(() -> talking.calls().size() == 1);
        listening.onOpen = (session, _) -> listeners.add(session);
        sockets.limits = TestConnection.limits(MESSAGE * MESSAGES, MESSAGE); // all of it may wait for the client
        listener = sockets.connect(listening, Execution.EVENT_LOOP);
        Sockets.until(() -> !listeners.isEmpty());
    }

    @AfterEach
    void everythingIsGivenBack() throws IOException {
        unstuck.countDown();
        sockets.close();
        Sockets.until(() -> sockets.registry.size() == 0);
        loops.close();
    }

    private EventLoop listenersLoop() {
        return ((ConnectionSession) listeners.getFirst()).connection().loop();
    }

    private void stickListenersLoop() {
        listenersLoop().execute(() -> {
            try {
                unstuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void talk() {
        byte[] message = Wire.text("x".repeat(MESSAGE));
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < MESSAGES; i++) {
                    Sockets.send(talker, message);
                }
            } catch (IOException e) {
                // The test has closed it.
            }
        });
    }

    /** How many messages the sender's endpoint has got when no more come, while its own loop runs well. */
    private int heardWhileStuck() throws IOException {
        RecordingEndpoint echoing = new RecordingEndpoint();
        echoing.echo();
        Socket neighbour = sockets.connect(echoing, Execution.EVENT_LOOP);
        Sockets.until(() -> talking.messages().size() >= MOST_UNDER_WAY - 2);
        int heard;
        do {
            heard = talking.messages().size();
            for (int i = 0; i < 100; i++) { // a hundred passes of that loop
                Sockets.send(neighbour, Wire.text("" + i));
                assertThat(Sockets.receive(neighbour, 1)).containsExactly("text " + i);
            }
        } while (talking.messages().size() > heard);
        return heard;
    }

    private void assertAllIsDelivered() throws IOException {
        unstuck.countDown();
        assertThat(Sockets.receive(listener, MESSAGES)).isEqualTo(Collections.nCopies(MESSAGES, "text of " + MESSAGE));
    }

    @Test
    void aMessageToAGroupHoldsItsTalkerBack() throws IOException {
        SessionGroup group = loops.create();
        group.add(listeners.getFirst());
        talking.onText = (_, text) -> group.send(OutboundMessage.text(text));
        stickListenersLoop();
        talk();
        assertThat(heardWhileStuck()).isLessThanOrEqualTo(MOST_UNDER_WAY);
        assertAllIsDelivered();
    }

    @Test
    void aMessageToOneSessionHoldsItsTalkerBack() throws IOException {
        talking.onText = (_, text) -> listeners.getFirst().send(text);
        stickListenersLoop();
        talk();
        assertThat(heardWhileStuck()).isLessThanOrEqualTo(MOST_UNDER_WAY);
        assertAllIsDelivered();
    }

    /** One that publishes to many topics, say. */
    @Test
    void aThreadIsHeldBackByTheLoopsThatItHasSentTooMuchTo() throws Exception {
        SessionGroup stuck = loops.createUnpaced(_ -> {});
        stuck.add(listeners.getFirst());
        SessionGroup free = loops.createUnpaced(_ -> {});
        talking.onText = (session, _) -> free.add(session);
        Sockets.send(talker, Wire.text("add me"));
        Sockets.until(() -> free.size() == 1);
        OutboundMessage message = OutboundMessage.text("x".repeat(MESSAGE));
        stickListenersLoop();
        Runnable wait = onThread(() -> {
            IntStream.range(0, MOST_UNDER_WAY).forEach(_ -> stuck.send(message));
            return loops.heldBack();
        });
        assertThat(onThread(() -> {
                    free.send(message);
                    return loops.heldBack();
                }))
                .isNull();
        Thread waiting = Thread.ofPlatform().start(wait);
        Sockets.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        unstuck.countDown();
        waiting.join();
    }

    private static <T> T onThread(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    /** Held back once for each message beyond what may be under way, it is let go as often. */
    @Test
    void aMessageThatBecomesManyHoldsItsTalkerBackUntilAllAreDelivered() throws IOException {
        SessionGroup group = loops.create();
        group.add(listeners.getFirst());
        talking.onText =
                (_, text) -> IntStream.range(0, MESSAGES / 2).forEach(_ -> group.send(OutboundMessage.text(text)));
        stickListenersLoop();
        Sockets.send(talker, Wire.text("x".repeat(MESSAGE)), Wire.text("y".repeat(MESSAGE)));
        Sockets.until(() -> talking.messages().size() == 1);
        unstuck.countDown();
        assertThat(Sockets.receive(listener, MESSAGES)).hasSize(MESSAGES);
    }

    @Test
    void aTalkerThatLeavesMeanwhileIsForgotten() throws IOException {
        SessionGroup group = loops.create();
        group.add(listeners.getFirst());
        talking.onText = (_, text) -> group.send(OutboundMessage.text(text));
        stickListenersLoop();
        talk();
        heardWhileStuck();
        talker.setSoLinger(true, 0);
        talker.close();
        unstuck.countDown();
        assertThat(Sockets.receive(listener, MOST_UNDER_WAY - 2)).isNotEmpty();
    }
}
