package com.example.orders;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.SessionGroups;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** Customers ask for the state of an order, and are told when one is shipped. */
@Component
@EndpointMapping(value = "/orders/{customer}", subprotocols = "orders.v1")
class OrdersEndpoint implements Endpoint {
    private final OrderRepository orders;
    private final SessionGroups customers;

    OrdersEndpoint(OrderRepository orders, SessionGroup.Factory groups) {
        this.orders = orders;
        this.customers = new SessionGroups(groups);
    }

    @Override
    public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
        Principal user = handshake.principal();
        if (user == null || !user.getName().equals(handshake.pathVariables().get("customer"))) {
            throw new HandshakeRefusedException(403, "These are another customer's orders.");
        }
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        customers.join(session.pathVariables().get("customer"), session);
    }

    @Override
    public void onText(Session session, Text orderNumber) {
        session.send(orders.state(orderNumber.toString())); // may block: this is a virtual thread
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        customers.leave(session.pathVariables().get("customer"), session);
    }

    /** Called by the rest of the application, from any thread. */
    void shipped(String customer, String orderNumber) {
        customers.send(customer, OutboundMessage.text("shipped " + orderNumber));
    }
}
