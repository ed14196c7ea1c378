package dev.pushwire.bench.ways;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A client's TCP connection to the server. Its bytes are counted in both directions. For one thread; any thread may
 * close it.
 */
public final class Wire implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 20;
    /** Servers end a connection without requests after a while. */
    private static final long KEPT_ALIVE = 10_000_000_000L;

    private final int port;
    private final LongAdder bytes;
    private volatile Socket socket;
    private InputStream in;
    private boolean ending; // the server ends it after its last answer
    private long usedAt = System.nanoTime();
    private volatile boolean closed;

    /** @param bytes the counter to which this connection's are added */
    Wire(int port, LongAdder bytes) throws IOException {
        this.port = port;
        this.bytes = bytes;
        this.socket = connect();
        this.in = buffered();
    }

    private Socket connect() throws IOException {
        Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
        fresh.setTcpNoDelay(true);
        return fresh;
    }

    private InputStream buffered() throws IOException {
        return new BufferedInputStream(new Counting(socket.getInputStream(), bytes), 4096);
    }

    private void reconnect() throws IOException {
        socket.close();
        socket = connect();
        in = buffered();
        if (closed) {
            close();
        }
    }

    /** @param status the status of the answer */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    void send(byte[] data) throws IOException {
        socket.getOutputStream().write(data);
        bytes.add(data.length);
    }

    /** Sends a request, as short as HTTP allows. */
    void request(String method, String target, String headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String length = body.isEmpty() ? "" : "Content-Length: " + content.length + "\r\n";
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + length + "\r\n";
        send((head + body).getBytes(StandardCharsets.UTF_8));
    }

    /** The same, and reads the answer to its end. Continues over a new connection if the server ends this one. */
    Answer exchange(String method, String target, String headers, String body) throws IOException {
        if (ending || System.nanoTime() - usedAt > KEPT_ALIVE) {
            reconnect();
        }
        request(method, target, headers, body);
        Answer head = readHead();
        ending = head.header("connection").equals("close");
        usedAt = System.nanoTime();
        StringBuilder text = new StringBuilder();
        if (head.header("transfer-encoding").equals("chunked")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                text.append(new String(read(size), StandardCharsets.UTF_8));
                line();
            }
            line();
        } else if (!head.header("content-length").isEmpty()) {
            text.append(new String(read(Integer.parseInt(head.header("content-length"))), StandardCharsets.UTF_8));
        }
        return new Answer(head.status(), head.headers(), text.toString());
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    /** Reads the head of an answer. The caller reads its body. */
    Answer readHead() throws IOException {
        int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, headers, "");
    }

    /** The next line, without its end. */
    String line() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (length == line.length) {
                if (length >= LONGEST_LINE) {
                    throw new IOException("An endless line");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
        boolean withReturn = length > 0 && line[length - 1] == '\r';
        return new String(line, 0, withReturn ? length - 1 : length, StandardCharsets.UTF_8);
    }

    int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("The server has ended the connection");
        }
        return octet;
    }

    byte[] read(int count) throws IOException {
        byte[] data = in.readNBytes(count);
        if (data.length < count) {
            throw new EOFException("The server has ended the connection");
        }
        return data;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }

    private static final class Counting extends FilterInputStream {
        private final LongAdder bytes;

        Counting(InputStream in, LongAdder bytes) {
            super(in);
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length);
            bytes.add(Math.max(0, count));
            return count;
        }
    }
}
