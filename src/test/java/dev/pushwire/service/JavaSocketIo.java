package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The official client for Java, {@code io.socket:socket.io-client}. */
final class JavaSocketIo implements SocketIoDialogue.Client {
    private static final byte[] DATA = {1, 2, 3};
    private static final List<String> HEARD = List.of("news", "said", "auth", "message-back", "answered");

    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** A socket, and what it is told. */
    private static final class Front {
        private final Socket socket;
        private final Map<String, BlockingQueue<Object[]>> told = new ConcurrentHashMap<>();

        Front(Socket socket) {
            this.socket = socket;
            for (String event : HEARD) {
                BlockingQueue<Object[]> arguments = new LinkedBlockingQueue<>();
                told.put(event, arguments);
                socket.on(event, arguments::add);
            }
            socket.connect();
        }

        Object[] next(String event) throws InterruptedException {
            return await(told.get(event));
        }

        Object call(String event, Object argument) throws InterruptedException {
            BlockingQueue<Object[]> answer = new LinkedBlockingQueue<>();
            socket.emit(event, argument, (Ack) answer::add);
            return await(answer)[0];
        }

        private static Object[] await(BlockingQueue<Object[]> queue) throws InterruptedException {
            Object[] arguments = queue.poll(30, TimeUnit.SECONDS);
            assertThat(arguments).as("what the client is told").isNotNull();
            return arguments;
        }
    }

    private static IO.Options options(boolean comesBack) {
        return IO.Options.builder()
                .setForceNew(true)
                .setReconnection(comesBack)
                .setReconnectionDelay(50)
                .build();
    }

    private void say(String what, Object... arguments) {
        seen.add(Stream.concat(Stream.of(what), Stream.of(arguments))
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
    }

    private static String hex(Object binary) {
        return HexFormat.of().formatHex((byte[]) binary);
    }

    @Override
    public List<String> talk(String url, Runnable cut) throws Exception {
        Front one = new Front(IO.socket(URI.create(url), options(true)));
        Front other = new Front(IO.socket(URI.create(url), options(false)));
        try {
            talkToTheDemo(one, other);
            IO.Options auth =
                    IO.Options.builder().setAuth(Map.of("token", "123")).build();
            talkOfQuestions(new Front(one.socket.io().socket("/questions", auth)));
            String before = one.socket.id();
            cut.run();
            say("again", one.next("news"));
            say("another id", !one.socket.id().equals(before));
            say("echo", one.call("echo", "again"));
            return seen;
        } finally {
            one.socket.disconnect();
        }
    }

    private void talkToTheDemo(Front one, Front other) throws InterruptedException, JSONException {
        say("news", one.next("news"));
        one.socket.emit("anotherNews", new JSONObject().put("my", "data"));
        say("echo", one.call("echo", "zwei"));
        say("binary echo", hex(one.call("echo", DATA)));
        Object _ = one.call("join", "dialogue");
        other.socket.emit("say", "dialogue", "to the room");
        say("said", one.next("said"));
    }

    private void talkOfQuestions(Front questions) throws InterruptedException, JSONException {
        say("auth", questions.next("auth"));
        questions.socket.emit("message", 1, "zwei", new JSONArray("[3, null]"), new JSONObject("{\"four\": 4.5}"));
        say("message", questions.next("message-back"));
        questions.socket.emit("message", new JSONObject().put("deep", new JSONArray().put(DATA)));
        JSONObject back = (JSONObject) questions.next("message-back")[0];
        say("binary message", hex(back.getJSONArray("deep").get(0)));
        questions.socket.on("question", arguments -> {
            say("asked", arguments[0]);
            ((Ack) arguments[1]).call(arguments[0].toString().toUpperCase(Locale.ROOT));
        });
        questions.socket.emit("ask", "who?");
        say("answered", questions.next("answered"));
    }
}
