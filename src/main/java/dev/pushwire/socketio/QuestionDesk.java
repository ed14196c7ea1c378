package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.QuestionHandler;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers the questions of other nodes about this node's sockets. Long answers come in pages. */
final class QuestionDesk implements QuestionHandler {
    /** The address at which nodes ask each other about sockets. */
    static final String ADDRESS = "socketio";

    /** How long a question waits for this node to catch up with the node that asks. */
    private static final long CATCH_UP_MILLIS = 1000;

    private final Namespaces namespaces;
    private final AckCollections collections;
    private final SocketInfoCodec infos;
    private final KeptSessions sessions;
    private final ArgumentCodec codec;

    QuestionDesk(
            Namespaces namespaces,
            AckCollections collections,
            SocketInfoCodec infos,
            KeptSessions sessions,
            ArgumentCodec codec) {
        this.namespaces = namespaces;
        this.collections = collections;
        this.infos = infos;
        this.sessions = sessions;
        this.codec = codec;
    }

    @Override
    public CompletableFuture<byte[]> answer(byte[] bytes) {
        return switch (Question.read(bytes)) {
            case Question.Fetch fetch ->
                CompletableFuture.supplyAsync(() -> sockets(fetch), Thread::startVirtualThread);
            case Question.Answers answers -> answers(answers);
            case Question.Take take -> CompletableFuture.supplyAsync(() -> taken(take), Thread::startVirtualThread);
        };
    }

    private byte[] sockets(Question.Fetch fetch) {
        Namespace namespace = namespaces.get(fetch.namespace());
        if (namespace == null) {
            return new Page().bytes();
        }
        Position behind = fetch.behind();
        try {
            if (behind != null) {
                namespace.await(behind, CATCH_UP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
        Page page = new Page();
        namespace.select(fetch.of()).stream()
                .filter(socket -> socket.id().compareTo(fetch.after()) > 0)
                .sorted(Comparator.comparing(ServerSocket::id))
                .takeWhile(_ -> page.hasRoom())
                .forEach(socket -> page.add(infos.write(socket)));
        return page.bytes();
    }

    private byte[] taken(Question.Take take) {
        Snapshot snapshot = sessions.take(take.pid());
        return snapshot == null ? new byte[0] : snapshot.write(codec);
    }

    private CompletableFuture<byte[]> answers(Question.Answers question) {
        if (namespaces.get(question.namespace()) == null) {
            return CompletableFuture.completedFuture(new Page().bytes()); // its last socket has just left
        }
        return collections
                .await(question.id(), question.patience())
                .thenApply(collected -> answers(question, collected));
    }

    private byte[] answers(Question.Answers question, List<AckCollections.Collected> collected) {
        Page page = new Page();
        collected.stream().skip(question.from()).takeWhile(_ -> page.hasRoom()).forEach(each -> page.add(each.write()));
        if (!page.isFull()) {
            collections.forget(question.id());
        }
        return page.bytes();
    }
}
