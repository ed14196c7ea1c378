package dev.pushwire.demo;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import java.nio.ByteBuffer;

/** Sends each message back: text as text, binary as binary. */
@EndpointMapping(value = "/echo", subprotocols = "echo-protocol", execution = Execution.EVENT_LOOP)
public final class EchoEndpoint implements Endpoint {
    @Override
    public void onText(Session session, Text text) {
        session.send(text);
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        session.send(data);
    }
}
