package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import dev.pushwire.socketio.OnEvent;
import dev.pushwire.socketio.Socket;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.socketio.SocketIoNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The official client comes back to one or another of two nodes. With {@code JITTER_CLIENTS} and {@code JITTER_MESSAGES} as many as wanted do, for a
 * measurement by hand.
 */
@Timeout(600)
class SocketIoJitterTest {
    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final String KEY = "a-key-of-at-least-thirty-two-characters";

    @TempDir
    private Path folder;

    private final List<RunningService> nodes = new ArrayList<>();
    private RedisServer redis;

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        Object recovering(SocketIo io) {
            return new Recovering(io);
        }
    }

    /** Passes on what clients say to rooms. */
    @SocketIoNamespace(value = "/recovering", recovers = true)
    private static final class Recovering {
        private final SocketIo io;

        Recovering(SocketIo io) {
            this.io = io;
        }

        @OnEvent("join")
        void join(Socket socket, String room) {
            socket.join(room);
        }

        @OnEvent("say")
        void say(String room, String text) {
            io.of("/recovering").to(room).emit("said", text);
        }

        @OnEvent("show")
        void show(String room, byte[] picture) {
            io.of("/recovering").to(room).emit("picture", (Object) picture);
        }
    }

    @BeforeEach
    void start() {
        boolean there = Files.isDirectory(SCRIPTS.resolve("node_modules/socket.io-client"));
        Requirements.require(there && Requirements.onPath("node"), "Run npm ci --ignore-scripts in " + SCRIPTS);
        redis = RedisServer.start(folder);
        for (int i = 0; i < 2; i++) {
            nodes.add(RunningService.start(
                    new Class<?>[] {Beans.class},
                    "pushwire.broker=redis",
                    "spring.data.redis.port=" + redis.port(),
                    "pushwire.demo.enabled=false",
                    "pushwire.drain.window=3s",
                    "pushwire.api.keys.test.secret=" + KEY,
                    "pushwire.api.keys.test.scopes=publish"));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(RunningService::close);
        redis.close();
    }

    private BufferedReader run(Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.add(SCRIPTS.resolve(words[0]).toString());
        command.addAll(List.of(words).subList(1, words.length));
        nodes.forEach(node -> command.add(node.http("").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start().inputReader(StandardCharsets.UTF_8);
    }

    @Test
    void theOfficialClientRecoversOnEitherNode() throws IOException {
        try (BufferedReader lines = run(Map.of(), "socketio-recovery.mjs")) {
            assertThat(lines.lines())
                    .containsExactly(
                            "at first false",
                            "again true true",
                            "again true true",
                            "again true true",
                            "again true true",
                            "[\"missed 0\",5,\"live 0\",\"missed 1\",5,\"live 1\",\"missed 2\",5,\"live 2\",\"missed 3\",5,\"live 3\"]");
        }
    }

    @Test
    void nothingIsLostThoughClientsAreCutOffAndANodeStops() throws IOException {
        int clients = number("JITTER_CLIENTS", 30);
        int messages = number("JITTER_MESSAGES", 12);
        boolean byHand = System.getenv("JITTER_CLIENTS") != null;
        Map<String, String> haste = byHand ? Map.of() : Map.of("CUT_MS", "1500", "AWAY_MS", "200", "RELAYED", "yes");
        List<String> last = new ArrayList<>();
        double relayed = 0;
        try (BufferedReader lines = run(
                haste,
                "socketio-jitter.mjs",
                Integer.toString(clients),
                Integer.toString(messages),
                byHand ? "500" : "300",
                KEY)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last.add(line);
                if (line.equals("half")) {
                    relayed = nodes.stream()
                            .mapToDouble(node -> node.meter("socketio.relayed"))
                            .sum();
                    Thread.startVirtualThread(() -> nodes.getFirst().close());
                }
            }
        }
        if (byHand) {
            last.forEach(System.out::println);
        }
        assertThat(last).contains("delivered 100.000 %");
        assertThat(relayed)
                .as("clients whose WebSocket is on another node than their session")
                .matches(count -> byHand || count > 0);
        assertThat(last.getLast()).contains("\"doubled\":0").contains("\"anew\":0");
    }

    private static int number(String variable, int otherwise) {
        String value = System.getenv(variable);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
