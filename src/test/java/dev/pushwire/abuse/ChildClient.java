package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client in a process of its own: a shell opens a WebSocket, and becomes a {@code cat} that prints what comes. */
final class ChildClient implements AutoCloseable {
    private static final String SCRIPT = """
            exec 3<>"/dev/tcp/$1/$2" || exit 1
            printf '%s\\r\\n' "${@:3}" '' >&3
            IFS= read -r status <&3
            echo "$status"
            exec cat <&3 >/dev/null
            """;

    private final Process process;

    private ChildClient(Process process) {
        this.process = process;
    }

    static ChildClient open(RunningService service, String path) throws IOException {
        return open(List.of(), service.address(), path);
    }

    /** @param prefix a command that runs the client, such as {@code ip netns exec} */
    static ChildClient open(List<String> prefix, InetSocketAddress service, String path) throws IOException {
        HandshakeText handshake = HandshakeText.of(path);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("bash", "-c", SCRIPT, "client"));
        command.add(service.getAddress().getHostAddress());
        command.add(Integer.toString(service.getPort()));
        command.add(handshake.requestLine());
        command.addAll(handshake.headers());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ChildClient client = new ChildClient(process);
        try {
            assertThat(client.firstLine())
                    .as("what the child got for its handshake")
                    .startsWith("HTTP/1.1 101");
            return client;
        } catch (Throwable t) {
            client.close();
            throw t;
        }
    }

    /** The first line that the process prints. Fails if that takes too long. */
    private String firstLine() {
        return CompletableFuture.supplyAsync(() -> process.inputReader().lines().findFirst())
                .completeOnTimeout(Optional.empty(), 10, TimeUnit.SECONDS)
                .join()
                .orElse("nothing");
    }

    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        Process kill = new ProcessBuilder("bash", "-c", "kill -s \"$1\" \"$2\"", "kill", name, pid).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
