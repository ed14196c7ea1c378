package dev.pushwire.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RunningService;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client that sends and reads compressed messages, each compressed independently. */
final class DeflatingClient implements AutoCloseable {
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Socket socket;
    private final DataInputStream in;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);

    private DeflatingClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.setSoTimeout(15_000);
    }

    static DeflatingClient open(RunningService service, String path) throws IOException {
        DeflatingClient client = new DeflatingClient(
                new Socket(service.address().getAddress(), service.address().getPort()));
        client.socket
                .getOutputStream()
                .write(HandshakeText.of(path)
                        .and("Sec-WebSocket-Extensions: permessage-deflate")
                        .bytes());
        HttpReply reply = HttpReply.read(client.in);
        assertThat(reply.header("Sec-WebSocket-Extensions")).as("%s", reply).contains("no_context_takeover");
        return client;
    }

    void assertEchoes(String text) throws IOException, DataFormatException {
        socket.getOutputStream().write(ClientFrames.frame(COMPRESSED_TEXT, deflate(text.getBytes(UTF_8))));
        int first = in.readUnsignedByte();
        while (first == 0x89) { // a ping, which the next message answers too
            in.skipNBytes(in.readUnsignedByte());
            first = in.readUnsignedByte();
        }
        assertThat(first).as("the first octet of a compressed text").isEqualTo(COMPRESSED_TEXT);
        int length = in.readUnsignedByte();
        byte[] payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
        assertThat(inflate(payload).equals(text)).as("the echo").isTrue();
    }

    private byte[] deflate(byte[] plain) {
        byte[] compressed = new byte[plain.length + 100];
        deflater.reset();
        deflater.setInput(plain);
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(compressed, length - TAIL.length);
    }

    private String inflate(byte[] compressed) throws DataFormatException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        inflater.reset();
        inflater.setInput(ClientFrames.concat(compressed, TAIL));
        for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
            plain.write(buffer, 0, count);
        }
        return plain.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        inflater.end();
        socket.close();
    }
}
