package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.ArrayList;
import java.util.List;

/** Which policy holds for which topic: the first one whose pattern matches, else {@link TopicPolicy#DEFAULT}. Immutable. */
public final class TopicRules {
    private final List<TopicPolicy> policies;

    /** @param policies in the order in which they are looked at */
    public TopicRules(List<TopicPolicy> policies) {
        List<TopicPolicy> all = new ArrayList<>(policies);
        all.add(TopicPolicy.DEFAULT);
        this.policies = List.copyOf(all);
    }

    /** What holds for a topic. */
    public TopicPolicy of(TopicName topic) {
        return policies.stream()
                .filter(policy -> policy.pattern().matches(topic))
                .findFirst()
                .orElse(TopicPolicy.DEFAULT);
    }

    /** All policies that hold for one or another topic of a pattern. */
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
