package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a client that sends them in separate requests, on their way to the endpoint as fast as it takes them.
 * Belongs to the loop's thread.
 */
final class PostedMessages {
    /**
     * How many bytes may wait, without one message: four of the largest bodies. A client should wait for one answer
     * before it sends more.
     */
    private static final int MOST_BYTES = 256 * 1024;

    /** How many messages may wait, if they are small. */
    private static final int MOST_MESSAGES = 256;

    private final Connection connection;
    private final @Nullable MessageRate rate; // null for no limit
    private final Queue<Message> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean delivering;

    /** @param since when it came */
    private record Message(
            boolean isText,
            ByteBuffer content,
            long since,
            @Nullable Duration patience,
            CompletableFuture<Posted> answer) {
        boolean isOverdue(long now) {
            return patience != null && now - since >= patience.toNanos();
        }
    }

    PostedMessages(Connection connection) {
        EndpointBinding binding = connection.binding();
        this.connection = connection;
        this.rate = MessageRate.of(
                binding.rateLimit(),
                binding.messagesPerSecond(),
                connection.loop().now());
    }

    void add(boolean isText, ByteBuffer content, @Nullable Duration patience, CompletableFuture<Posted> answer) {
        if (!connection.isOpen()) {
            answer.complete(Posted.ENDED);
        } else if (bytes >= MOST_BYTES || waiting.size() >= MOST_MESSAGES) {
            answer.complete(Posted.FULL);
        } else {
            connection.heard();
            connection.counters().bytesReceived(content.remaining());
            waiting.add(new Message(isText, content, connection.loop().now(), patience, answer));
            bytes += content.remaining();
            deliver();
            Holdings.account(connection);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    /** Hands on as many messages as there is room for. An endpoint's call may lead here again. */
    void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (!waiting.isEmpty() && connection.in().wantsMore()) {
                deliver(waiting.remove());
            }
        } finally {
            delivering = false;
        }
    }

    private void deliver(Message message) {
        bytes -= message.content().remaining();
        long now = connection.loop().now();
        connection.counters().messageReceived();
        connection.lifetime().received(now);
        if (rate != null && !isAllowed(rate, message, now)) {
            connection.end(new Ending.TooManyMessages());
            message.answer().complete(Posted.ENDED);
            return;
        }
        if (message.isText()) {
            connection.delivery().text(message.content());
        } else {
            connection.delivery().binary(message.content());
        }
        message.answer().complete(Posted.TAKEN);
    }

    private static boolean isAllowed(MessageRate rate, Message message, long now) {
        return message.isText() ? rate.allowsText(message.content(), now) : rate.allowsBinary(now);
    }

    /** Refuses messages that have waited for too long. So their clients know that nothing comes of them. */
    void refuseOverdue(long now) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Message> overdue =
                waiting.stream().filter(message -> message.isOverdue(now)).toList();
        waiting.removeIf(message -> message.isOverdue(now));
        overdue.forEach(message -> bytes -= message.content().remaining());
        Holdings.account(connection);
        overdue.forEach(message -> message.answer().complete(Posted.FULL));
    }

    /** Drops the waiting messages. */
    void discard() {
        bytes = 0;
        for (Message next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answer().complete(Posted.ENDED);
        }
    }
}
