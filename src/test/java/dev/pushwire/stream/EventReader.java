package dev.pushwire.stream;

import java.util.ArrayList;
import java.util.List;

/** A client's side of an event stream, after the algorithm of HTML, section 9.2.6, word for word. */
public final class EventReader {
    /** An event as a listener gets it. */
    public record Event(String type, String data, String lastEventId) {}

    private final List<Event> events = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer = "";
    private String lastEventId = "";
    private long retry = -1;
    private int comments;
    private final StringBuilder line = new StringBuilder();
    private boolean afterCarriageReturn;

    /** Everything of a stream that has ended. */
    public static EventReader of(String stream) {
        EventReader reader = new EventReader();
        reader.read(stream);
        return reader;
    }

    /** The next characters of the stream. */
    public void read(String text) {
        for (char c : text.toCharArray()) {
            boolean second = afterCarriageReturn && c == '\n'; // of one line break
            afterCarriageReturn = c == '\r';
            if (second) {
                continue;
            }
            if (c == '\r' || c == '\n') {
                line(line.toString());
                line.setLength(0);
            } else {
                line.append(c);
            }
        }
    }

    private void line(String text) {
        int colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments++;
        } else if (colon > 0) {
            String value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        } else {
            field(text, "");
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
            case "retry" -> retry = value.matches("[0-9]+") ? Long.parseLong(value) : retry;
            default -> {}
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.add(new Event(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
        }
        data.setLength(0);
        type = "";
    }

    /** What was dispatched so far. */
    public List<Event> events() {
        return events;
    }

    /** What a client sends back in {@code Last-Event-ID}. */
    public String lastEventId() {
        return lastEventId;
    }

    /** The reconnection time in milliseconds; -1 for none given. */
    public long retry() {
        return retry;
    }

    public int comments() {
        return comments;
    }
}
