package dev.pushwire.pushprotocol;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.Authenticated;
import dev.pushwire.push.ClientRefusal;
import dev.pushwire.push.ClientResult;
import dev.pushwire.push.ClientSession;
import dev.pushwire.push.Subscribed;
import java.util.ArrayList;
import java.util.List;

/** Carries out commands through the client's session, and writes the answers. It may wait for the broker. */
final class CommandHandler {
    private final ProtocolLimits limits;

    CommandHandler(ProtocolLimits limits) {
        this.limits = limits;
    }

    /** Subscribes the client to what its token names. The answers have no id. */
    static void subscribeByServer(ClientSession client, Replies replies) {
        client.subscribeByServer(
                begun -> replies.addAndFlush(Json.subscribed(null, begun, client.id())),
                (topic, refused) ->
                        replies.add(Json.error(null, topic, ErrorCode.of(refused.refusal()), refused.sentence())));
    }

    void handle(ClientSession client, Command command, Replies replies) throws CommandException {
        long id = command.id();
        switch (command) {
            case Command.Connect _ -> replies.add(Json.connected(id, client.id(), client.principal(), limits));
            case Command.Authenticate(var _, String token) -> {
                Authenticated done = done(id, client.authenticate(token));
                replies.add(Json.authenticated(id, done));
                done.ended().forEach(topic -> replies.add(Json.unsubscribed(topic)));
                subscribeByServer(client, replies);
            }
            case Command.Subscribe subscribe -> subscribe(client, subscribe, replies);
            case Command.Unsubscribe(var _, var topic) ->
                replies.add(Json.unsubscribed(id, done(id, client.unsubscribe(topic))));
            case Command.Publish(var _, var topic, var payload, var options) ->
                replies.add(Json.published(id, topic, done(id, client.publish(topic, payload, options))));
            case Command.Presence(var _, var topic) ->
                replies.add(Json.presence(id, topic, done(id, client.presence(topic))));
            case Command.Ping _ -> replies.add(Json.pong(id));
        }
    }

    /**
     * Subscribes to topics. Each of several topics has an answer of its own: if one is refused, the others are still
     * subscribed to, unless the broker is away. The others would only wait for it as well.
     */
    private static void subscribe(ClientSession client, Command.Subscribe command, Replies replies)
            throws CommandException {
        long id = command.id();
        if (command.several()) {
            List<TopicPattern> wanted = new ArrayList<>(command.topics().size());
            command.topics().forEach(each -> wanted.add(each.topic()));
            client.prepare(wanted);
        }
        boolean isAway = false;
        for (Command.Subscription each : command.topics()) {
            if (!client.isOpen()) {
                return;
            }
            if (isAway) {
                replies.add(Json.error(id, each.topic(), ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.message()));
                continue;
            }
            // the publications that follow do not wait for the other commands
            ClientResult<Subscribed> result = client.subscribe(
                    each.topic(),
                    each.from(),
                    each.info(),
                    begun -> replies.addAndFlush(Json.subscribed(id, begun, client.id())));
            if (command.several() && result instanceof ClientResult.Refused(var refusal, String sentence)) {
                isAway = refusal == ClientRefusal.UNAVAILABLE;
                replies.add(Json.error(id, each.topic(), ErrorCode.of(refusal), sentence));
            } else {
                done(id, result);
            }
        }
    }

    private static <T> T done(long id, ClientResult<T> result) throws CommandException {
        return switch (result) {
            case ClientResult.Done<T>(T value) -> value;
            case ClientResult.Refused<T>(var refusal, String sentence) ->
                throw new CommandException(id, ErrorCode.of(refusal), sentence);
        };
    }
}
