package dev.pushwire.bench;

import dev.pushwire.bench.ways.Client;
import dev.pushwire.bench.ways.Sending;
import dev.pushwire.bench.ways.SocketIo;
import java.io.IOException;
import java.util.List;

/** A server, with one of its transports. */
enum Contender {
    PUSHWIRE_SSE("sse-pushwire", "Event streams, Pushwire"),
    PUSHWIRE_WEBSOCKET("websocket-pushwire", "WebSockets of the same topic, Pushwire"),
    SPRING_SSE("sse-spring", "Event streams, Spring's SseEmitter on Tomcat"),
    NCHAN_SSE("sse-nchan", "Event streams, nginx with nchan"),
    PUSHWIRE_POLL("poll-pushwire", "Long polling, Pushwire"),
    NCHAN_POLL("poll-nchan", "Long polling, nginx with nchan"),
    PUSHWIRE_SOCKETIO("socketio-pushwire", "Socket.IO, Pushwire"),
    NODE_SOCKETIO("socketio-node", "Socket.IO, node socket.io"),
    NETTY_SOCKETIO("socketio-netty", "Socket.IO, netty-socketio"),
    PUSHWIRE_PUSH("push-pushwire", "/push of the same topic, Pushwire"),
    PUSHWIRE_TOPICS("topics-pushwire", "Socket.IO's /topics of the same topic, Pushwire");

    private final String key;
    private final String title;

    Contender(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name for -Dbench.doors. */
    String key() {
        return key;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /** Whether this machine can run it. Fetches what it needs, if that is allowed. */
    boolean isThere(Options options) throws IOException, InterruptedException {
        return switch (this) {
            case NCHAN_SSE, NCHAN_POLL -> Nchan.isThere();
            case NODE_SOCKETIO -> NodePeer.prepare(options);
            case PUSHWIRE_SSE,
                    PUSHWIRE_WEBSOCKET,
                    SPRING_SSE,
                    PUSHWIRE_POLL,
                    PUSHWIRE_SOCKETIO,
                    NETTY_SOCKETIO,
                    PUSHWIRE_PUSH,
                    PUSHWIRE_TOPICS -> true;
        };
    }

    /** Whether it can tell how much of its heap is live. */
    boolean hasHeap() {
        return this != NCHAN_SSE && this != NCHAN_POLL;
    }

    /** Whether connects and echoes are measured, too. */
    boolean isCalled() {
        return this == PUSHWIRE_SOCKETIO || this == NODE_SOCKETIO || this == NETTY_SOCKETIO;
    }

    List<String> command(Options options, int port) throws IOException {
        return switch (this) {
            case PUSHWIRE_SSE, PUSHWIRE_WEBSOCKET, PUSHWIRE_POLL, PUSHWIRE_SOCKETIO, PUSHWIRE_PUSH, PUSHWIRE_TOPICS ->
                Peer.PUSHWIRE.command(
                        options,
                        port,
                        Scenario.ALL.getFirst(),
                        List.of("--pushwire.topics[0].name=bench", "--pushwire.topics[0].publish=public"));
            case SPRING_SSE -> Peer.program(options, "spring", "SpringStreams", port);
            case NETTY_SOCKETIO -> Peer.program(options, "netty-socketio", "NettySocketIo", port);
            case NCHAN_SSE, NCHAN_POLL -> Nchan.command(options, port);
            case NODE_SOCKETIO ->
                List.of(
                        "node",
                        "--expose-gc",
                        options.directory().resolve("node/socketio.js").toString(),
                        Integer.toString(port));
        };
    }

    Client client() {
        return switch (this) {
            case PUSHWIRE_SSE -> Client.ofEventStream("/topics/bench");
            case PUSHWIRE_WEBSOCKET -> Client.ofWebSocket("/topics/bench");
            case SPRING_SSE, NCHAN_SSE -> Client.ofEventStream("/events");
            case PUSHWIRE_POLL -> Client.ofLongPolling();
            case NCHAN_POLL -> Client.ofNchanPolling("/poll");
            case PUSHWIRE_SOCKETIO, NODE_SOCKETIO, NETTY_SOCKETIO -> SocketIo.client();
            case PUSHWIRE_PUSH -> Client.ofPush();
            case PUSHWIRE_TOPICS -> SocketIo.topicsClient();
        };
    }

    Sending sending() {
        return switch (this) {
            case PUSHWIRE_SSE, PUSHWIRE_WEBSOCKET, PUSHWIRE_POLL, PUSHWIRE_PUSH, PUSHWIRE_TOPICS ->
                Sending.byPost("/topics/bench");
            case SPRING_SSE, NCHAN_SSE -> Sending.byPost("/publish");
            case NCHAN_POLL -> Sending.byPost("/polled");
            case PUSHWIRE_SOCKETIO, NODE_SOCKETIO, NETTY_SOCKETIO -> SocketIo.sending();
        };
    }
}
