package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP response as it came over the wire. */
public record HttpReply(int status, Map<String, String> headers, String body) {

    /** Reads one response and not a byte more. */
    public static HttpReply read(DataInputStream in) throws IOException {
        HttpReply head = readHead(in);
        return head.status == 101 ? head : new HttpReply(head.status, head.headers, body(in, head.headers));
    }

    /** Reads a response that has no body, whatever its headers say: one to HEAD. */
    public static HttpReply readHead(DataInputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon), line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        return new HttpReply(status, headers, "");
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static String body(DataInputStream in, Map<String, String> headers) throws IOException {
        if (!headers.containsKey("Transfer-Encoding")) {
            return new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))), UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toString(UTF_8);
    }

    private static int chunkSize(DataInputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.write(b);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    /** The refusal of a handshake is one line of plain text that says what is wrong, for those who ask for no JSON. */
    public void assertRefused(int expectedStatus, String about) {
        assertThat(status).as("%s", this).isEqualTo(expectedStatus);
        assertThat(header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(body).endsWith(".\n").hasLineCount(1).contains(about);
    }
}
