package dev.pushwire.broker;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node does when others speak to it through {@link ClusterBus}. */
public interface ClusterListener {
    /**
     * A notice, the next one. Calls come one after the other: must not wait.
     *
     * @return does what takes longer, and gives the answer to the node that told it, or null for none. It is called once, on a
     *     thread of its own; but not for what is heard while this node catches up: then {@link #caughtUp} comes
     */
    Supplier<@Nullable String> told(String notice);

    /**
     * Somebody asks. Many calls may come at once, each on a thread of its own; they may take their time.
     *
     * @return null when this node does not know what to say
     */
    @Nullable
    String asked(String question);

    /** This node has heard everything that is kept; after its start, and again after each interruption. Must not wait. */
    void caughtUp();
}
