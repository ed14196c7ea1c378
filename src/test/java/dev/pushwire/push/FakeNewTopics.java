package dev.pushwire.push;

import dev.pushwire.endpoint.Session;

/** Allows a number of new topics, to any client. */
public final class FakeNewTopics implements NewTopics {
    private int left;

    public FakeNewTopics(int left) {
        this.left = left;
    }

    @Override
    public boolean allows(Session session) {
        return allows(session.remoteAddress());
    }

    @Override
    public synchronized boolean allows(String remoteAddress) {
        return --left >= 0;
    }
}
