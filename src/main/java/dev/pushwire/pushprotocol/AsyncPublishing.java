package dev.pushwire.pushprotocol;

import dev.pushwire.broker.PublishResult;
import dev.pushwire.endpoint.Text;
import dev.pushwire.push.ClientResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries out a command to publish on the event loop, without waiting. */
final class AsyncPublishing {
    /** The longest command that is read here, in bytes: reading it must not keep other connections waiting. */
    private static final int LONGEST = 4096;

    private AsyncPublishing() {}

    /** The command; null if this is another command, or several, or a mistake. */
    static Command.@Nullable Publish read(Text text) {
        if (text.utf8().remaining() > LONGEST) {
            return null;
        }
        String line = text.toString();
        if (!line.contains("\"publish\"") || line.indexOf('\n') >= 0) {
            return null; // before it is read, since all others are read again
        }
        try {
            return CommandReader.read(line) instanceof Command.Publish publish ? publish : null;
        } catch (CommandException e) {
            return null;
        }
    }

    /**
     * Publishes.
     *
     * @return completes when the answer is on its way; null if nothing has happened
     */
    static @Nullable CompletableFuture<Void> begin(Client client, Command.Publish command, Replies replies) {
        CompletableFuture<ClientResult<PublishResult>> result =
                client.session().publishAsync(command.topic(), command.payload(), command.options());
        if (result == null) {
            return null;
        }
        client.wellFormed();
        return result.thenAccept(is -> replies.addAndFlush(answer(command, is)));
    }

    private static String answer(Command.Publish command, ClientResult<PublishResult> result) {
        return switch (result) {
            case ClientResult.Done<PublishResult>(PublishResult published) ->
                Json.published(command.id(), command.topic(), published);
            case ClientResult.Refused<PublishResult>(var refusal, String sentence) ->
                Json.error(command.id(), ErrorCode.of(refusal), sentence);
        };
    }
}
