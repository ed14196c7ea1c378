package dev.pushwire.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.FakeHandshake;
import dev.pushwire.push.FakeSession;
import dev.pushwire.push.FakeSessionGroup;
import dev.pushwire.push.FakeText;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatEndpointTest {
    private final ChatEndpoint chat = new ChatEndpoint(FakeSessionGroup::new);

    @Test
    void everyoneInTheRoomGetsAMessageItsSenderToo() {
        FakeSession one = enter("blue");
        FakeSession other = enter("blue");
        chat.onText(one, new FakeText("hello"));
        chat.onBinary(other, ByteBuffer.wrap(new byte[] {0, -1}));
        assertThat(one.received()).containsExactly("text:hello", "binary:00ff");
        assertThat(other.received()).containsExactly("text:hello", "binary:00ff");
    }

    @Test
    void roomsDoNotHearEachOther() {
        FakeSession blue = enter("blue");
        FakeSession green = enter("green");
        FakeSession lobby = enterLobby();
        chat.onText(blue, new FakeText("hello"));
        assertThat(green.received()).isEmpty();
        assertThat(lobby.received()).isEmpty();
    }

    @Test
    void chatItselfIsARoom() {
        FakeSession one = enterLobby();
        FakeSession other = enterLobby();
        FakeSession namedSo = enter("lobby");
        chat.onText(one, new FakeText("hello"));
        assertThat(other.received()).containsExactly("text:hello");
        assertThat(namedSo.received()).isEmpty();
    }

    @Test
    void whoHasLeftHearsNothing() {
        FakeSession gone = enter("blue");
        FakeSession there = enter("blue");
        chat.onClose(gone, CloseStatus.NORMAL);
        chat.onText(there, new FakeText("anyone?"));
        assertThat(gone.received()).isEmpty();
        assertThat(there.received()).containsExactly("text:anyone?");
    }

    private FakeSession enter(String room) {
        return enter("/chat/" + room, Map.of("room", room));
    }

    private FakeSession enterLobby() {
        return enter("/chat", Map.of());
    }

    private FakeSession enter(String path, Map<String, String> variables) {
        FakeSession session = new FakeSession(variables);
        chat.onOpen(session, new FakeHandshake(path, variables));
        return session;
    }
}
