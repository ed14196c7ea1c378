package dev.pushwire.bench.ways;

import java.util.concurrent.atomic.LongAdder;

/**
 * The messages of one client. It throws if a message does not come once and in order. A message begins with its number,
 * in eight digits. For one thread.
 */
public final class Inbox {
    private static final int DIGITS = 8;

    private final LongAdder deliveries;
    private long last = -1;

    /** @param deliveries the counter to which this client's are added */
    public Inbox(LongAdder deliveries) {
        this.deliveries = deliveries;
    }

    /** The text of a message. */
    public static String message(long number, String rest) {
        return String.format("%0" + DIGITS + "d%s", number, rest);
    }

    /** @param at where the message begins */
    void received(String text, int at) {
        long number = Long.parseLong(text, at, at + DIGITS, 10);
        if (last >= 0 && number != last + 1) {
            throw new IllegalStateException("Message " + number + " comes behind " + last);
        }
        last = number;
        deliveries.increment();
    }

    /** Takes all messages of a text, each of which follows {@code before}. */
    public void receivedAll(String text, String before) {
        for (int at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
            received(text, at + before.length());
        }
    }
}
