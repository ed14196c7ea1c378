package com.example.orders;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

/** The blocking part of the example, such as a database. */
@Repository
class OrderRepository {
    private final Map<String, String> states = new ConcurrentHashMap<>(Map.of("4711", "packed"));

    String state(String orderNumber) {
        return states.getOrDefault(orderNumber, "unknown");
    }

    void shipped(String orderNumber) {
        states.put(orderNumber, "shipped");
    }
}
