package dev.pushwire.bench.ways;

import dev.pushwire.bench.ways.Wire.Answer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that poll, on a connection that they keep, or on a new one if the server ends it. */
final class Polling {
    private static final long SECOND = 1_000_000_000;
    private static final Pattern POSITION = Pattern.compile("\"recovered\":\\w+,\"position\":\"([^\"]+)\"");
    private static final Pattern SESSION = Pattern.compile("\"session\":\"([^\"]+)\"");
    private static final String DATA = "\"data\":\"";

    private Polling() {}

    /** Asks for the history since the last message, once a second. */
    static void eachSecond(Wire wire, Inbox inbox) throws IOException, InterruptedException {
        Way.sleepASecondAtMost();
        String since = "&since=" + position(wire.exchange("GET", "/api/topics/bench/history?limit=1", "", ""));
        for (long next = System.nanoTime() + SECOND; ; next += SECOND) {
            Answer answer = wire.exchange("GET", "/api/topics/bench/history?limit=1000" + since, "", "");
            inbox.receivedAll(answer.body(), DATA);
            since = "&since=" + position(answer);
            Thread.sleep(Math.max(0, next - System.nanoTime()) / 1_000_000);
        }
    }

    private static String position(Answer answer) throws IOException {
        Matcher found = POSITION.matcher(answer.body());
        if (answer.status() != 200 || !found.find()) {
            throw new IOException("No history: " + answer);
        }
        return found.group(1);
    }

    /** Asks for the next message of a channel, after the one that it has seen. An answer has one message. */
    static void nchan(String path, Wire wire, Inbox inbox) throws IOException {
        for (String seen = ""; ; ) {
            Answer answer = wire.exchange("GET", path, seen, "");
            if (answer.status() == 200) {
                inbox.received(answer.body(), 0);
                seen = "If-Modified-Since: " + answer.header("last-modified") + "\r\nIf-None-Match: "
                        + answer.header("etag") + "\r\n";
            } else if (answer.status() != 304 && answer.status() != 408) { // no message came for a long time
                throw new IOException("A poll was answered " + answer);
            }
        }
    }

    /** Asks for the next messages. The server answers when there are some, or after 25 seconds. */
    static void longPolling(Wire wire, Inbox inbox) throws IOException {
        Answer opened =
                wire.exchange("POST", "/push?wait=25", "", "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"bench\"}\n");
        Matcher session = SESSION.matcher(opened.body());
        if (opened.status() != 200 || !session.find()) {
            throw new IOException("No session: " + opened);
        }
        String poll = "/push/" + session.group(1) + "?wait=25&ack=";
        for (long ack = 0; ; ) {
            Answer answer = wire.exchange("GET", poll + ack, "", "");
            if (answer.status() != 200) {
                throw new IOException("A poll was answered " + answer);
            }
            inbox.receivedAll(answer.body(), DATA);
            ack += answer.body().isEmpty() ? 0 : 1;
        }
    }
}
