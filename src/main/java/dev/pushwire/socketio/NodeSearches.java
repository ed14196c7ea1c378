package dev.pushwire.socketio;

/**
 * Limits how often a returning client may have all nodes searched for its session. Each search costs every node a
 * question, and secrets are cheap to make up. So only searches without a result count. Thread-safe.
 */
public interface NodeSearches {
    /** Sets no limit. */
    NodeSearches UNLIMITED = new NodeSearches() {
        @Override
        public boolean allows(String remoteAddress) {
            return true;
        }

        @Override
        public void foundNothing(String remoteAddress) {}
    };

    /**
     * Asks before a search.
     *
     * @param remoteAddress the client's address, as {@link Socket#remoteAddress} has it
     * @return false if there must be none: the client begins anew
     */
    boolean allows(String remoteAddress);

    /** A search had no result. */
    void foundNothing(String remoteAddress);
}
