package dev.pushwire.autoconfigure;

import dev.pushwire.push.ClientEvent;
import dev.pushwire.push.ClientListener;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/** Publishes what clients do as application events, if there is a listener for them. */
final class ClientEvents implements ClientListener {
    private static final Logger log = LoggerFactory.getLogger(ClientEvents.class);

    /** Spring Boot's own listeners take part in the start, and some of them take every event. */
    private static final String BOOT = "org.springframework.boot.";

    private static final List<ResolvableType> EVENTS = Arrays.stream(ClientEvent.class.getPermittedSubclasses())
            .map(type -> ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, type))
            .toList();

    private final AbstractApplicationContext context;
    private volatile @Nullable Boolean listening;

    ClientEvents(AbstractApplicationContext context) {
        this.context = context;
    }

    /** Clients connect only when all beans exist, and so all listeners. */
    @Override
    public boolean isListening() {
        Boolean known = listening;
        if (known == null) {
            known = listeners(context)
                    .filter(listener -> !listener.getClass().getName().startsWith(BOOT))
                    .map(listener -> listener instanceof GenericApplicationListener generic
                            ? generic
                            : new GenericApplicationListenerAdapter(listener))
                    .anyMatch(listener -> EVENTS.stream().anyMatch(listener::supportsEventType));
            listening = known;
        }
        return known;
    }

    /** The listeners of a context and of its parents, which get its events, too. */
    private static Stream<ApplicationListener<?>> listeners(@Nullable ApplicationContext of) {
        return of instanceof AbstractApplicationContext context
                ? Stream.concat(context.getApplicationListeners().stream(), listeners(context.getParent()))
                : Stream.empty();
    }

    @Override
    public void happened(ClientEvent event) {
        try {
            context.publishEvent(event);
        } catch (Throwable t) {
            log.error(
                    "A listener failed at {}. It still gets the next events",
                    event.getClass().getSimpleName(),
                    t);
        }
    }
}
