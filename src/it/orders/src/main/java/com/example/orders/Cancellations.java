package com.example.orders;

import dev.pushwire.push.Topics;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Cancels orders. Subscribers are told when the transaction has committed. */
@Service
class Cancellations {
    private final JdbcClient database;
    private final ApplicationEventPublisher events;
    private final Topics topics;

    Cancellations(JdbcClient database, ApplicationEventPublisher events, Topics topics) {
        this.database = database;
        this.events = events;
        this.topics = topics;
    }

    @Transactional
    void cancel(String orderNumber) {
        database.sql("insert into cancellation (order_number) values (?)")
                .param(orderNumber)
                .update();
        events.publishEvent(new Cancelled(orderNumber));
    }

    @TransactionalEventListener
    void committed(Cancelled cancelled) {
        topics.publish("cancellations", cancelled.orderNumber());
    }

    record Cancelled(String orderNumber) {}
}
