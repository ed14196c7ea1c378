package dev.pushwire.broker;

import java.util.List;

/**
 * The answers of nodes.
 *
 * @param answers in no particular order
 * @param complete whether every node that was asked has answered; if not, one was late, or had no answer
 */
public record ClusterAnswers(List<String> answers, boolean complete) {
    public ClusterAnswers {
        answers = List.copyOf(answers);
    }
}
