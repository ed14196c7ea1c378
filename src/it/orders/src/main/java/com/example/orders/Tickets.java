package com.example.orders;

import dev.pushwire.socketio.Answers;
import dev.pushwire.socketio.SocketIo;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class Tickets {
    private final SocketIo io;

    Tickets(SocketIo io) {
        this.io = io;
    }

    /** Whether anybody in the ticket's room has said that it is solved. */
    boolean close(long ticket) {
        Answers answers = io.of("/support")
                .to("ticket-" + ticket)
                .timeout(Duration.ofSeconds(20))
                .emitWithAck("solved?", ticket)
                .join();
        return answers.answers().stream().anyMatch(answer -> Boolean.TRUE.equals(answer.get(Boolean.class)));
    }
}
