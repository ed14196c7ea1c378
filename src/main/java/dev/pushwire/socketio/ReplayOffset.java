package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * How much of a namespace a client has received. It is the last argument of an event, and clients send it back as
 * {@code offset}. As text it is {@code epoch.offset}, and {@code epoch.offset.number} for an event to this socket
 * alone.
 *
 * @param position the namespace's position: of the event itself, or before it
 * @param number the number of the event to this socket alone; {@link #SHARED} for an event to many
 */
record ReplayOffset(Position position, long number) {
    static final long SHARED = -1;

    /** @return null if the text is no such offset */
    static @Nullable ReplayOffset parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length < 2 || parts.length > 3 || !Position.isValid(parts[0] + ":" + parts[1])) {
            return null;
        }
        Position position = Position.parse(parts[0] + ":" + parts[1]);
        if (parts.length == 2) {
            return new ReplayOffset(position, SHARED);
        }
        boolean isNumber = !parts[2].isEmpty()
                && parts[2].length() <= 18
                && parts[2].chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? new ReplayOffset(position, Long.parseLong(parts[2])) : null;
    }

    /** The event with this offset as its last argument. */
    Arguments appendedTo(Arguments event) {
        String json = event.json();
        String whole = json.substring(0, json.length() - 1) + ",\"" + this + "\"]";
        return new Arguments(whole, event.attachments());
    }

    @Override
    public String toString() {
        String shared = position.epoch() + "." + position.offset();
        return number == SHARED ? shared : shared + "." + number;
    }
}
