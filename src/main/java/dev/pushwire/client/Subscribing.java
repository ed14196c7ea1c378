package dev.pushwire.client;

import dev.pushwire.broker.Position;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscribes the client to its topics, many in each command, and again if a refusal may pass. Thread-safe. */
final class Subscribing {
    /** At about 200 bytes each, a command stays far below the message size of any service. */
    private static final int TOPICS_PER_COMMAND = 100;

    private final Subscriptions subscriptions;
    private final Commands commands;
    private final Consumer<ObjectNode> write;
    private final Consumer<Runnable> later;
    private final JsonMapper json = JsonMapper.shared();

    /**
     * @param write sends a command
     * @param later runs a task after a while, if there is a connection then
     */
    Subscribing(Subscriptions subscriptions, Commands commands, Consumer<ObjectNode> write, Consumer<Runnable> later) {
        this.subscriptions = subscriptions;
        this.commands = commands;
        this.write = write;
        this.later = later;
    }

    /** Subscribes to all over the new connection. */
    void begin(Collection<SharedSubscription> all) {
        all.stream().gather(Gatherers.windowFixed(TOPICS_PER_COMMAND)).forEach(this::beginTogether);
    }

    /** The service answers each topic by itself, unless it refuses the command as a whole. */
    private void beginTogether(List<SharedSubscription> some) {
        ObjectNode command = json.createObjectNode().put("id", 0).put("type", "subscribe");
        ArrayNode topics = command.putArray("topics");
        for (SharedSubscription shared : some) {
            ObjectNode wanted = topics.addObject().put("topic", shared.topic());
            Position since = shared.position();
            if (since != null) {
                wanted.put("since", since.toString());
            }
        }
        CompletableFuture<JsonNode> answer = commands.add(command, false);
        long id = command.path("id").asLong();
        some.forEach(shared -> shared.ask(id));
        write.accept(command);
        var _ = answer.whenComplete((_, refusal) -> {
            if (refusal instanceof PushException e && !e.code().equals("closed")) {
                some.stream().filter(shared -> shared.isAskedBy(id)).forEach(shared -> refused(shared, e));
            }
        });
    }

    /** Takes an error, which may be about one topic of a command. */
    void refused(JsonNode error) {
        SharedSubscription shared =
                error.has("id") ? subscriptions.get(error.path("topic").asString("")) : null;
        if (shared != null && shared.isAskedBy(error.path("id").asLong())) {
            refused(shared, PushException.of(error));
        }
    }

    private void refused(SharedSubscription shared, PushException refusal) {
        if (!refusal.isPassing()) {
            subscriptions.remove(shared);
            shared.ready().completeExceptionally(refusal);
            return;
        }
        shared.rest();
        later.accept(() -> {
            // a connection that began meanwhile has asked for it
            if (subscriptions.contains(shared) && shared.isResting()) {
                begin(List.of(shared));
            }
        });
    }
}
