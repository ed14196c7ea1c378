package dev.pushwire.bench;

import dev.pushwire.bench.ways.Client;
import dev.pushwire.bench.ways.Sending;
import dev.pushwire.bench.ways.SocketIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server, and one of the ways in that it has. */
enum Contender {
    PUSHWIRE_SSE("sse-pushwire", "Event streams, Pushwire"),
    PUSHWIRE_WEBSOCKET("websocket-pushwire", "WebSockets of the same topic, Pushwire"),
    SPRING_SSE("sse-spring", "Event streams, Spring's SseEmitter on Tomcat"),
    NCHAN_SSE("sse-nchan", "Event streams, nginx with nchan"),
    PUSHWIRE_POLL("poll-pushwire", "Long polling, Pushwire"),
    NCHAN_POLL("poll-nchan", "Long polling, nginx with nchan"),
    PUSHWIRE_SOCKETIO("socketio-pushwire", "Socket.IO, Pushwire"),
    NODE_SOCKETIO("socketio-node", "Socket.IO, node socket.io");

    private static final Path NCHAN = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    private final String key;
    private final String title;

    Contender(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** For -Dbench.doors. */
    String key() {
        return key;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Whether this machine can run it; what may be fetched for it is. */
    boolean isThere(Options options) throws IOException, InterruptedException {
        return switch (this) {
            case NCHAN_SSE, NCHAN_POLL -> Files.exists(NCHAN);
            case NODE_SOCKETIO -> NodePeer.prepare(options);
            case PUSHWIRE_SSE, PUSHWIRE_WEBSOCKET, SPRING_SSE, PUSHWIRE_POLL, PUSHWIRE_SOCKETIO -> true;
        };
    }

    /** Whether its memory can be asked for what is live. */
    boolean hasHeap() {
        return this != NCHAN_SSE && this != NCHAN_POLL;
    }

    List<String> command(Options options, int port) throws IOException {
        return switch (this) {
            case PUSHWIRE_SSE, PUSHWIRE_WEBSOCKET, PUSHWIRE_POLL, PUSHWIRE_SOCKETIO ->
                Peer.PUSHWIRE.command(
                        options,
                        port,
                        Scenario.ALL.getFirst(),
                        List.of("--pushwire.topics[0].name=bench", "--pushwire.topics[0].publish=public"));
            case SPRING_SSE -> Peer.program(options, "spring", "SpringStreams", port);
            case NCHAN_SSE, NCHAN_POLL -> nginx(options, port);
            case NODE_SOCKETIO ->
                List.of(
                        "node",
                        "--expose-gc",
                        options.directory().resolve("node/socketio.js").toString(),
                        Integer.toString(port));
        };
    }

    /**
     * One worker, as the other servers have one thread that writes; no history, as they. But what is polled for must be kept until the
     * next poll.
     */
    private static List<String> nginx(Options options, int port) throws IOException {
        Path directory = Files.createDirectories(options.directory().resolve("nchan"));
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, """
                load_module %s;
                daemon off;
                master_process off;
                pid %2$s/pid;
                error_log stderr warn;
                worker_rlimit_nofile 20000;
                events { worker_connections 19000; multi_accept on; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  nchan_shared_memory_size 256m;
                  server {
                    listen 127.0.0.1:%3$d backlog=4096;
                    location = /events { nchan_subscriber eventsource; nchan_channel_id bench; }
                    location = /publish { nchan_publisher; nchan_channel_id bench; nchan_store_messages off; }
                    location = /poll { nchan_subscriber longpoll; nchan_channel_id kept; nchan_subscriber_first_message newest; }
                    location = /keep { nchan_publisher; nchan_channel_id kept; nchan_message_buffer_length 100; }
                  }
                }
                """.formatted(NCHAN, directory, port));
        return List.of("nginx", "-p", directory.toString(), "-c", file.toString());
    }

    Client client() {
        return switch (this) {
            case PUSHWIRE_SSE -> Client.ofEventStream("/topics/bench");
            case PUSHWIRE_WEBSOCKET -> Client.ofWebSocket("/topics/bench");
            case SPRING_SSE, NCHAN_SSE -> Client.ofEventStream("/events");
            case PUSHWIRE_POLL -> Client.ofLongPolling();
            case NCHAN_POLL -> Client.ofNchanPolling("/poll");
            case PUSHWIRE_SOCKETIO, NODE_SOCKETIO -> SocketIo.client();
        };
    }

    Sending sending() {
        return switch (this) {
            case PUSHWIRE_SSE, PUSHWIRE_WEBSOCKET, PUSHWIRE_POLL -> Sending.byPost("/topics/bench");
            case SPRING_SSE, NCHAN_SSE -> Sending.byPost("/publish");
            case NCHAN_POLL -> Sending.byPost("/keep");
            case PUSHWIRE_SOCKETIO, NODE_SOCKETIO -> SocketIo.sending();
        };
    }
}
