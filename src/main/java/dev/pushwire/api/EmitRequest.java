package dev.pushwire.api;

import dev.pushwire.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event for Socket.IO clients. Null means the same as absent.
 *
 * @param namespace {@code /} if it is absent
 * @param rooms the rooms whose sockets get it; if there are none, all sockets of the namespace
 * @param except the rooms whose sockets do not get it
 * @param event its name
 * @param args its arguments, any JSON
 */
record EmitRequest(
        @Nullable String namespace,
        @Nullable List<@Nullable String> rooms,
        @Nullable List<@Nullable String> except,
        @Nullable String event,
        @Nullable List<@Nullable JsonValue> args) {
    /** The most rooms, in either list. */
    static final int MOST_ROOMS = 100;

    /** The rule for an event, in a sentence for a caller that broke it. */
    static final String RULE =
            "An event is {\"event\": \"<name>\", \"args\": [...], \"namespace\": \"/...\", \"rooms\": [...],"
                    + " \"except\": [...]}, all but the event optional, with at most " + MOST_ROOMS
                    + " rooms in a list; the name is none that Socket.IO reserves.";

    boolean isWhole() {
        return event != null
                && (namespace == null || namespace.startsWith("/"))
                && areRooms(rooms)
                && areRooms(except)
                && (args == null || args.stream().allMatch(value -> value == null || value.isWhole()));
    }

    private static boolean areRooms(@Nullable List<@Nullable String> names) {
        return names == null || (names.size() <= MOST_ROOMS && !names.contains(null));
    }

    String[] roomNames() {
        return names(rooms);
    }

    String[] exceptedNames() {
        return names(except);
    }

    private static String[] names(@Nullable List<@Nullable String> names) {
        return names == null ? new String[0] : names.toArray(String[]::new);
    }

    /** The arguments as a JSON array. */
    String json() {
        StringBuilder json = new StringBuilder("[");
        if (args != null) {
            for (JsonValue value : args) {
                json.append(json.length() == 1 ? "" : ",").append(value == null ? "null" : value.json());
            }
        }
        return json.append(']').toString();
    }
}
