package dev.pushwire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.socketio.Decoding;
import java.util.ArrayList;
import java.util.List;

/** A client's Socket.IO messages: packets or a failure; what is read, written again, is read as the same. */
class SocketIoPacketFuzzTest {
    private static final int MAX_SIZE = 1000;

    @Fuzz
    void readsWhatItWrites(byte[] bytes) {
        Decoding decoding = Decoding.of(MAX_SIZE, messages(bytes));
        assertThat(decoding.held()).isBetween(0, Math.max(MAX_SIZE, bytes.length));
        Decoding again = Decoding.of(Integer.MAX_VALUE, decoding.encoded());
        assertThat(again.fault()).isNull();
        assertThat(again.packets()).isEqualTo(decoding.packets());
    }

    /** Lines; one that begins with # is a binary message. */
    private static List<Object> messages(byte[] bytes) {
        List<Object> messages = new ArrayList<>();
        for (String line : new String(bytes, UTF_8).split("\n", -1)) {
            messages.add(line.startsWith("#") ? line.substring(1).getBytes(UTF_8) : line);
        }
        return messages;
    }
}
