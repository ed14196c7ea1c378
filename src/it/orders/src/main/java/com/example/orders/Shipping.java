package com.example.orders;

import dev.pushwire.push.Topics;
import org.springframework.stereotype.Service;

/** Tells customers on the endpoint, and everybody else on a topic. */
@Service
class Shipping {
    private final OrderRepository orders;
    private final OrdersEndpoint endpoint;
    private final Topics topics;

    Shipping(OrderRepository orders, OrdersEndpoint endpoint, Topics topics) {
        this.orders = orders;
        this.endpoint = endpoint;
        this.topics = topics;
    }

    void ship(String customer, String orderNumber) {
        orders.shipped(orderNumber);
        endpoint.shipped(customer, orderNumber);
        topics.publishJson("shipments." + customer, "{\"order\": \"" + orderNumber + "\"}");
    }
}
