package dev.pushwire.socketio;

/**
 * How often all nodes are searched, for a client that comes back, for what it left somewhere. Each search costs every node a question, and
 * secrets that nobody has are cheap to make up: so a client may only so often have one made that finds nothing. Thread-safe.
 */
public interface NodeSearches {
    /** As often as clients like. */
    NodeSearches UNLIMITED = new NodeSearches() {
        @Override
        public boolean allows(String remoteAddress) {
            return true;
        }

        @Override
        public void foundNothing(String remoteAddress) {}
    };

    /**
     * Before a search.
     *
     * @param remoteAddress of the client, as {@link Socket#remoteAddress}
     * @return false when there is none: the client begins anew
     */
    boolean allows(String remoteAddress);

    /** After a search. */
    void foundNothing(String remoteAddress);
}
