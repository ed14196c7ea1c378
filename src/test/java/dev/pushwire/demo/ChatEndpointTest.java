package dev.pushwire.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatEndpointTest {
    private final ChatEndpoint chat = new ChatEndpoint(new RecordingGroups());

    @Test
    void everyoneInTheRoomGetsAMessageItsSenderToo() {
        RecordingSession one = enter("blue");
        RecordingSession other = enter("blue");
        chat.onText(one, new TestText("hello"));
        chat.onBinary(other, ByteBuffer.wrap(new byte[] {0, -1}));
        for (RecordingSession member : List.of(one, other)) {
            assertThat(member.texts()).containsExactly("hello");
            assertThat(member.binaries()).containsExactly(ByteBuffer.wrap(new byte[] {0, -1}));
        }
    }

    @Test
    void roomsDoNotHearEachOther() {
        RecordingSession blue = enter("blue");
        RecordingSession green = enter("green");
        RecordingSession lobby = enterLobby();
        chat.onText(blue, new TestText("hello"));
        assertThat(green.sent()).isEmpty();
        assertThat(lobby.sent()).isEmpty();
    }

    @Test
    void chatItselfIsARoom() {
        RecordingSession one = enterLobby();
        RecordingSession other = enterLobby();
        RecordingSession namedSo = enter("lobby");
        chat.onText(one, new TestText("hello"));
        assertThat(other.texts()).containsExactly("hello");
        assertThat(namedSo.sent()).isEmpty();
    }

    @Test
    void whoHasLeftHearsNothing() {
        RecordingSession gone = enter("blue");
        RecordingSession there = enter("blue");
        chat.onClose(gone, CloseStatus.NORMAL);
        chat.onText(there, new TestText("anyone?"));
        assertThat(gone.sent()).isEmpty();
        assertThat(there.texts()).containsExactly("anyone?");
    }

    private RecordingSession enter(String room) {
        return enter(TestHandshake.to("/chat/" + room).withPathVariable("room", room));
    }

    private RecordingSession enterLobby() {
        return enter(TestHandshake.to("/chat"));
    }

    private RecordingSession enter(TestHandshake handshake) {
        RecordingSession session = new RecordingSession(handshake);
        chat.onOpen(session, handshake);
        return session;
    }
}
