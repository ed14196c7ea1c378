package dev.pushwire.testing;

import dev.pushwire.endpoint.SessionGroup;

/**
 * Makes groups of {@link RecordingSession}s. When {@code send} returns, every member has the message: the caller's own
 * thread puts it there, and never waits. A session that closes leaves its groups at once. Thread-safe, as the groups
 * are.
 *
 * <p>The groups refuse sessions of other classes with an {@link IllegalArgumentException}.
 */
public final class RecordingGroups implements SessionGroup.Factory {
    @Override
    public SessionGroup create(SessionGroup.Listener listener) {
        return new RecordingGroup(listener);
    }
}
