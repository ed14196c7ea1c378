package dev.pushwire.push;

import dev.pushwire.broker.PatternIndex;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The policies of all topics. The first policy whose pattern matches a topic applies, else {@link TopicPolicy#DEFAULT}.
 * Immutable.
 */
public final class TopicRules {
    private final List<TopicPolicy> policies;
    private final PatternIndex<Integer> places = new PatternIndex<>(); // of the first policy of each pattern

    /** @param policies in order of precedence */
    public TopicRules(List<TopicPolicy> policies) {
        List<TopicPolicy> all = new ArrayList<>(policies);
        all.add(TopicPolicy.DEFAULT);
        this.policies = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            int place = i;
            places.compute(all.get(i).pattern(), earlier -> earlier == null ? place : earlier);
        }
    }

    /** The policy of a topic. */
    public TopicPolicy of(TopicName topic) {
        int first = policies.size() - 1; // matches every topic
        for (int place : places.matching(topic)) {
            first = Math.min(first, place);
        }
        return policies.get(first);
    }

    /** All policies that apply to one or another topic of a pattern. */
    public List<TopicPolicy> of(TopicPattern pattern) {
        List<TopicPolicy> found = new ArrayList<>();
        for (TopicPolicy policy : policies) {
            if (policy.pattern().overlaps(pattern)) {
                found.add(policy);
            }
            if (policy.pattern().covers(pattern)) {
                break;
            }
        }
        return found;
    }
}
