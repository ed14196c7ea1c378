package dev.pushwire.broker;

import java.util.List;

/**
 * What nodes answered.
 *
 * @param answers in no particular order
 * @param complete whether every node that was asked is among them; if not, one was late, or did not know what to say
 */
public record ClusterAnswers(List<String> answers, boolean complete) {
    public ClusterAnswers {
        answers = List.copyOf(answers);
    }
}
