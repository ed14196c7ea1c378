package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RunningService;
import org.junit.jupiter.api.Test;

class ClientInNodeTest extends RoughNetworkContract {
    @Override
    ClientHost open(int port) {
        return new NodeHost();
    }

    /** It is stopped for so long that the server gives it up, as a computer that sleeps. */
    @Test
    void goesOnWhereItWasAfterASleep() throws Exception {
        RunningService impatient = RunningService.with(
                "pushwire.websocket.ping-interval=1s",
                "pushwire.websocket.pong-timeout=1s",
                "pushwire.websocket.close-timeout=1s",
                "pushwire.topics[0].name=>",
                "pushwire.topics[0].history-size=100");
        try (NodeHost host = new NodeHost()) {
            host.run("remote.start('" + host.address(impatient.port()) + "')");
            host.run("await remote.listen('slept')");
            host.signal("STOP");
            await().atMost(ClientHost.PATIENCE).until(() -> impatient.openConnections() == 0);
            for (int number = 1; number <= 3; number++) {
                impatient.bean(Topics.class).publish("slept", Integer.toString(number));
            }
            host.signal("CONT");
            await().atMost(ClientHost.PATIENCE)
                    .until(() -> host.run("return remote.got.slept.length").asInt() == 3);
            assertThat(host.run("return [remote.got.slept, remote.resets]").toString())
                    .isEqualTo("[[\"1\",\"2\",\"3\"],[]]");
        }
    }

    @Test
    void saysThatNothingAnswers() {
        try (Gate gate = new Gate(1);
                NodeHost host = new NodeHost()) {
            gate.shut();
            host.run("remote.start('" + host.address(gate.port()) + "')");
            await().atMost(ClientHost.PATIENCE)
                    .until(() -> host.run("return remote.errors.length").asInt() > 0);
            assertThat(host.run("return remote.errors[0]").asString())
                    .startsWith("unreachable")
                    .contains("http://localhost:" + gate.port() + "/push cannot be reached");
        }
    }
}
