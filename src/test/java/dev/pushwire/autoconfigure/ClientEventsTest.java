package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pushwire.push.ClientEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/** The application's listeners, as Spring finds them. */
class ClientEventsTest {
    private static final ClientEvent SUBSCRIBED = new ClientEvent.Subscribed("c1", () -> "ada", "news");

    static final class ForOne {
        private final List<ClientEvent> heard = new ArrayList<>();

        @EventListener
        void on(ClientEvent.Subscribed event) {
            heard.add(event);
        }
    }

    static final class ForAll {
        private final List<ClientEvent> heard = new ArrayList<>();

        @EventListener
        void on(ClientEvent event) {
            heard.add(event);
        }
    }

    static final class ByInterface implements ApplicationListener<PayloadApplicationEvent<ClientEvent.Subscribed>> {
        private final List<ClientEvent> heard = new ArrayList<>();

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<ClientEvent.Subscribed> event) {
            heard.add(event.getPayload());
        }
    }

    static final class ForOthers {
        @EventListener
        void on(ContextRefreshedEvent event) {}

        @EventListener
        void on(String event) {}
    }

    static final class Failing {
        @EventListener
        void on(ClientEvent event) {
            throw new IllegalStateException("on purpose");
        }
    }

    private static AnnotationConfigApplicationContext context(Class<?>... beans) {
        return new AnnotationConfigApplicationContext(beans);
    }

    @Test
    void reachWhoListens() {
        try (var context = context(ForOne.class, ForAll.class, ByInterface.class)) {
            ClientEvents events = new ClientEvents(context);
            assertThat(events.isListening()).isTrue();
            events.happened(SUBSCRIBED);
            ClientEvent other = new ClientEvent.Connected("c2", null, "192.0.2.1");
            events.happened(other);
            assertThat(context.getBean(ForOne.class).heard).containsExactly(SUBSCRIBED);
            assertThat(context.getBean(ByInterface.class).heard).containsExactly(SUBSCRIBED);
            assertThat(context.getBean(ForAll.class).heard).containsExactly(SUBSCRIBED, other);
        }
    }

    @Test
    void areWantedByAnyKindOfListener() {
        for (Class<?> listener : List.of(ForOne.class, ForAll.class, ByInterface.class)) {
            try (var context = context(listener)) {
                assertThat(new ClientEvents(context).isListening()).isTrue();
            }
        }
    }

    @Test
    void areNotWantedByListenersForOthers() {
        try (var context = context(ForOthers.class)) {
            assertThat(new ClientEvents(context).isListening()).isFalse();
        }
    }

    @Test
    void areTheParentsToo() {
        try (var parent = context(ForAll.class);
                var child = new AnnotationConfigApplicationContext()) {
            child.setParent(parent);
            child.refresh();
            ClientEvents events = new ClientEvents(child);
            assertThat(events.isListening()).isTrue();
            events.happened(SUBSCRIBED);
            assertThat(parent.getBean(ForAll.class).heard).containsExactly(SUBSCRIBED);
        }
    }

    @Test
    void surviveAListenerThatFails() {
        try (var context = context(Failing.class)) {
            ClientEvents events = new ClientEvents(context);
            assertThatCode(() -> events.happened(SUBSCRIBED)).doesNotThrowAnyException();
        }
    }
}
