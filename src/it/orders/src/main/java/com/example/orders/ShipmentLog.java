package com.example.orders;

import dev.pushwire.broker.Publication;
import dev.pushwire.push.TopicListener;
import dev.pushwire.push.TopicSubscription;
import dev.pushwire.push.Topics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Hears of every shipment, whichever node it was published on. */
@Component
class ShipmentLog implements TopicListener, DisposableBean {
    private final List<String> shipments = new CopyOnWriteArrayList<>();
    private final TopicSubscription subscription;

    ShipmentLog(Topics topics) {
        subscription = topics.listen("shipments.*", this);
    }

    @Override
    public void published(Publication publication) {
        shipments.add(publication.topic() + " " + publication.payload().text());
    }

    List<String> shipments() {
        return shipments;
    }

    @Override
    public void destroy() {
        subscription.close();
    }
}
