package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.Proc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Measures what an acknowledged echo, and a connect to a namespace, cost a Socket.IO server. */
public final class SocketIoCalls {
    private static final int ECHOING = 64;
    private static final int CONNECTING = 32;
    private static final String TEXT = "thirty-two bytes are not so many";

    private SocketIoCalls() {}

    /**
     * @param echoMicros CPU of the server for each echo
     * @param connectMicros the same for each connect to a namespace, including its end
     * @param connectsPerSecond how many connects there were; the client shares the machine
     */
    public record Result(double echoMicros, double connectMicros, double connectsPerSecond) {}

    /** One call, which is made again and again. */
    private interface Deed {
        void run() throws IOException;
    }

    /** Measures one server. */
    public static Result of(long pid, int port, double warmup, double seconds)
            throws IOException, InterruptedException {
        List<Deed> echoes = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < ECHOING; i++) {
                Wire wire = new Wire(port, new LongAdder());
                wires.add(wire);
                echoes.add(echo(SocketIo.connect(wire)));
            }
            run(echoes, warmup);
            double before = Proc.cpu(pid).total();
            double echoMicros = micros(pid, before, run(echoes, seconds));
            List<Deed> connects = new ArrayList<>();
            for (int i = 0; i < CONNECTING; i++) {
                connects.add(() -> connect(port));
            }
            run(connects, warmup);
            before = Proc.cpu(pid).total();
            long count = run(connects, seconds);
            return new Result(echoMicros, micros(pid, before, count), count / seconds);
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private static double micros(long pid, double before, long count) throws IOException {
        return (Proc.cpu(pid).total() - before) * 1e6 / count;
    }

    private static Deed echo(WebSocket socket) {
        return () -> {
            socket.send("421[\"echo\",\"" + TEXT + "\"]");
            String answer = SocketIo.next(socket);
            if (!answer.equals("431[\"" + TEXT + "\"]")) {
                throw new IOException("An echo was answered " + answer);
            }
        };
    }

    private static void connect(int port) throws IOException {
        try (Wire wire = new Wire(port, new LongAdder())) {
            WebSocket _ = SocketIo.connect(wire);
        }
    }

    /** Runs each call on a thread of its own until the time is over. Returns how many calls there were in all. */
    private static long run(List<Deed> deeds, double seconds) throws IOException, InterruptedException {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        LongAdder count = new LongAdder();
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Deed deed : deeds) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() < until) {
                        deed.run();
                        count.increment();
                    }
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        IOException first = failure.get();
        if (first != null) {
            throw first;
        }
        return count.sum();
    }
}
