package dev.pushwire.api;

import java.util.List;

/**
 * The result of a change to a principal's connections, on one node or on all.
 *
 * @param connections how many connections of the principal can be subscribed
 * @param changed how many of them have changed
 * @param refused how many of them may not be subscribed
 * @param complete whether all have answered; if not, there may be more of each
 */
record SubscriptionChange(int connections, int changed, int refused, boolean complete) {
    static SubscriptionChange sum(List<SubscriptionChange> all, boolean complete) {
        return new SubscriptionChange(
                all.stream().mapToInt(SubscriptionChange::connections).sum(),
                all.stream().mapToInt(SubscriptionChange::changed).sum(),
                all.stream().mapToInt(SubscriptionChange::refused).sum(),
                complete && all.stream().allMatch(SubscriptionChange::complete));
    }

    /** The result for the log. */
    @Override
    public String toString() {
        return "changed " + changed + " of " + connections + ", refused " + refused
                + (complete ? "" : ", and maybe more: not all nodes have answered");
    }
}
