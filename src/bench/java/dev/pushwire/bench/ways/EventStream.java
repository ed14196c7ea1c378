package dev.pushwire.bench.ways;

import java.io.IOException;

/** A client of server-sent events. */
final class EventStream {
    private static final String DATA = "data:";

    private EventStream() {}

    static Client of(String path) {
        return (wire, inbox) -> run(path, wire, inbox);
    }

    private static void run(String path, Wire wire, Inbox inbox) throws IOException {
        wire.request("GET", path, "Accept: text/event-stream\r\n", "");
        if (wire.readHead().status() != 200) {
            throw new IOException("No event stream");
        }
        while (true) {
            // Lines of the chunked coding come in between. They do not look like lines of an event.
            String line = wire.line();
            if (line.startsWith(DATA)) {
                int at = line.startsWith(" ", DATA.length()) ? DATA.length() + 1 : DATA.length();
                if (line.length() > at && Character.isDigit(line.charAt(at))) {
                    inbox.received(line, at);
                }
            }
        }
    }
}
