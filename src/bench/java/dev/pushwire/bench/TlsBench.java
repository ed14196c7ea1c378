package dev.pushwire.bench;

import dev.pushwire.bench.load.Proc;
import dev.pushwire.bench.load.ServerMemory;
import dev.pushwire.bench.ways.TlsLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures what TLS costs: a connection from its TCP handshake to its Close, an echo, an idle client. Results of
 * earlier runs stay in the table.
 */
final class TlsBench {
    private static final int FIRST = 1000;
    private static final int IDLE = 1000;
    /** After this many handshakes, a JVM has compiled their code. */
    private static final int WARM = 15_000;

    private TlsBench() {}

    /**
     * @param first server CPU in µs for each of the first connections after the start
     * @param warm the same for one after many others
     * @param resumed the same for one with a ticket
     * @param echo server CPU in µs for one of 32 bytes
     * @param heapEach live bytes of an idle client; 0 for a server without such a heap
     * @param ramEach bytes of RAM of the processes
     */
    record Row(
            String contender,
            String key,
            double first,
            double warm,
            double resumed,
            double echo,
            double heapEach,
            double ramEach) {}

    static void run(Options options) throws IOException, InterruptedException, GeneralSecurityException {
        Path directory = Files.createDirectories(options.directory().resolve("tls"));
        Path file = directory.resolve("tls.json");
        JsonMapper json = JsonMapper.shared();
        List<Row> rows = new ArrayList<>();
        if (Files.exists(file)) {
            rows.addAll(List.of(json.readValue(Files.readString(file), Row[].class)));
        }
        for (String algorithm : List.of("EC", "RSA")) {
            TlsFiles files = TlsFiles.make(directory, algorithm);
            for (TlsContender contender : options.tls()) {
                rows.add(measure(options, contender, algorithm, files));
                Files.writeString(file, json.writeValueAsString(rows));
                Files.writeString(directory.resolve("tls.md"), table(rows));
                System.out.println(table(rows));
            }
        }
    }

    private static Row measure(Options options, TlsContender contender, String algorithm, TlsFiles files)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path log = Files.createDirectories(options.directory().resolve("log"))
                .resolve("tls-" + contender.key() + "-" + algorithm + ".log");
        int port = ServerProcess.freePort();
        try (Servers servers = start(options, contender, files, port, log)) {
            TlsLoad load = new TlsLoad(port, files.store(), TlsFiles.PASSWORD);
            double first = each(servers, () -> load.connect(FIRST));
            load.connect(WARM);
            double warm = each(servers, () -> load.connect(options.seconds(), false));
            load.connect(options.warmupSeconds(), true);
            double resumed = each(servers, () -> load.connect(options.seconds(), true));
            load.echo(options.warmupSeconds());
            double echo = each(servers, () -> load.echo(options.seconds()));
            long[] before = servers.memory();
            try (AutoCloseable _ = load.idle(IDLE)) {
                long[] after = servers.memory();
                return new Row(
                        contender.title(),
                        algorithm,
                        first,
                        warm,
                        resumed,
                        echo,
                        (double) (after[0] - before[0]) / IDLE,
                        (double) (after[1] - before[1]) / IDLE);
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    private interface Work {
        /** Returns how many operations there were. */
        long run() throws IOException, InterruptedException, GeneralSecurityException;
    }

    private static double each(Servers servers, Work work)
            throws IOException, InterruptedException, GeneralSecurityException {
        double before = servers.cpu();
        long count = work.run();
        return (servers.cpu() - before) * 1e6 / count;
    }

    private static Servers start(Options options, TlsContender contender, TlsFiles files, int port, Path log)
            throws IOException, InterruptedException {
        if (!contender.isInFront()) {
            return new Servers(
                    ServerProcess.start(contender.title(), contender.command(options, files, port, 0), port, log),
                    null);
        }
        int behind = ServerProcess.freePort();
        List<String> command = Peer.PUSHWIRE.command(options, behind, Scenario.ALL.getFirst(), List.of());
        ServerProcess backend = ServerProcess.start(Peer.PUSHWIRE.title(), command, behind, log);
        try {
            List<String> front = contender.command(options, files, port, behind);
            Path frontLog = log.resolveSibling(log.getFileName() + ".front");
            return new Servers(backend, ServerProcess.start(contender.title(), front, port, frontLog));
        } catch (IOException e) {
            backend.close();
            throw e;
        }
    }

    /** A JVM, and the proxy in front of it, if there is one. */
    private record Servers(ServerProcess jvm, @Nullable ServerProcess front) implements AutoCloseable {
        double cpu() throws IOException {
            double own = Proc.cpu(jvm.pid()).total();
            return front == null ? own : own + Proc.cpu(front.pid()).total();
        }

        /** The live heap, and the RAM of all processes. */
        long[] memory() throws IOException, InterruptedException {
            ServerMemory own = ServerMemory.of(jvm.pid(), jvm.port());
            return new long[] {own.heap(), own.rss() + (front == null ? 0 : Proc.rss(front.pid()))};
        }

        @Override
        public void close() {
            if (front != null) {
                front.close();
            }
            jvm.close();
        }
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder("""
                | | key | CPU of each of the first 1,000 | of a new one, warm | with a ticket | of an echo | heap of an idle client | RAM of one |
                |---|---|---:|---:|---:|---:|---:|---:|
                """);
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    row.contender(),
                    row.key(),
                    micros(row.first()),
                    micros(row.warm()),
                    micros(row.resumed()),
                    micros(row.echo()),
                    MarkdownReport.bytes(row.heapEach()),
                    MarkdownReport.bytes(row.ramEach())));
        }
        return table.toString();
    }

    private static String micros(double value) {
        return MarkdownReport.number(value) + " µs";
    }
}
