package dev.pushwire.bench.peer;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.List;

/** netty-socketio, as its documentation sets it up: rooms, and an echo that is acknowledged. */
public final class NettySocketIo {
    private NettySocketIo() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments port
     */
    public static void main(String[] arguments) {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Integer.parseInt(arguments[0]));
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(Threads.eventLoops());
        configuration.getSocketConfig().setAcceptBackLog(4096);
        SocketIOServer server = new SocketIOServer(configuration);
        server.addEventListener("join", String.class, NettySocketIo::join);
        server.addEventListener("echo", String.class, (client, text, ack) -> ack.sendAckData(text));
        // two arguments
        server.addMultiTypeEventListener(
                "say",
                (client, said, ack) ->
                        server.getRoomOperations((String) said.get(0)).sendEvent("said", said.<Object>get(1)),
                String.class,
                String.class);
        server.start();
    }

    private static void join(SocketIOClient client, String room, AckRequest ack) {
        client.joinRoom(room);
        ack.sendAckData(List.of());
    }
}
