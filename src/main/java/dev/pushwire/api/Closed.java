package dev.pushwire.api;

/**
 * @param complete whether all nodes, and all event loops of each, have answered; if not, there may be more connections
 *     to close
 */
record Closed(int closed, boolean complete) {
    /** The result for the log. */
    @Override
    public String toString() {
        return "closed " + closed + (complete ? "" : ", and maybe more: not all nodes have answered");
    }
}
