package com.example.orders;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import org.springframework.stereotype.Component;

@Component
@EndpointMapping("/rooms/{room}")
class Rooms implements Endpoint {
    @Override
    public void onText(Session session, Text text) {
        session.send("you said " + text); // may block: each connection has a virtual thread when it needs one
    }
}
