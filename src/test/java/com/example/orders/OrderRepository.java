package com.example.orders;

/** The blocking part of the example, such as a database. */
interface OrderRepository {
    boolean mayRead(String customer, String token);

    String state(String orderNumber);
}
