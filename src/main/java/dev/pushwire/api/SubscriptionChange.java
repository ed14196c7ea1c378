package dev.pushwire.api;

import java.util.List;

/**
 * What became of a principal's connections, on one node or on all.
 *
 * @param connections how many the principal has that can be subscribed
 * @param changed of those how many are subscribed now and were not, or the other way round
 * @param refused of those how many may not be subscribed
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

    /** As the log has it. */
    @Override
    public String toString() {
        return "changed " + changed + " of " + connections + ", refused " + refused
                + (complete ? "" : ", and maybe more: not all nodes have answered");
    }
}
