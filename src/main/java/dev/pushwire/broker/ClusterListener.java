package dev.pushwire.broker;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the notices and questions of other nodes, which come through {@link ClusterBus}. */
public interface ClusterListener {
    /**
     * Takes the next notice. Calls come one after the other, and must not wait.
     *
     * @return a task for work that takes longer, which gives the answer to the node that sent the notice; null for
     *     none. It is called once, on a thread of its own. It is not called for a notice that comes while this node
     *     catches up: {@link #caughtUp} follows
     */
    Supplier<@Nullable String> told(String notice);

    /**
     * Answers a question. Many calls may come at once, each on a thread of its own, and may take their time.
     *
     * @return null if this node has no answer
     */
    @Nullable
    String asked(String question);

    /**
     * This node has heard every notice that is kept. The call comes after the node's start, and after each
     * interruption. It must not wait.
     */
    void caughtUp();
}
