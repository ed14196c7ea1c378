package dev.pushwire.testing;

import dev.pushwire.endpoint.SessionGroup;

/**
 * Makes groups of {@link RecordingSession}s. A message is with every member when {@code send} returns: the caller's own
 * thread puts it there, and never waits. A session that closes leaves its groups at once. Other sessions are refused with an
 * {@link IllegalArgumentException}. Thread-safe, as the groups are.
 */
public final class RecordingGroups implements SessionGroup.Factory {
    @Override
    public SessionGroup create(SessionGroup.Listener listener) {
        return new RecordingGroup(listener);
    }
}
