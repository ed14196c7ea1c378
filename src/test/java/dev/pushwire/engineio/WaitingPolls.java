package dev.pushwire.engineio;

import dev.pushwire.polling.SessionId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells whether a poll of a session waits, so that a test can wait for that. */
@RestController
public final class WaitingPolls {
    private final EngineServer server;

    WaitingPolls(EngineServer server) {
        this.server = server;
    }

    @GetMapping("/waiting")
    String isWaiting(@RequestParam String sid) {
        SessionId id = SessionId.parse(sid);
        EngineSession session = id == null ? null : server.polled(id);
        Polling polling = session == null ? null : session.polling();
        return String.valueOf(polling != null && polling.isWaiting());
    }
}
