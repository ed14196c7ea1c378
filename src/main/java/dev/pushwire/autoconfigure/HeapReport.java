package dev.pushwire.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.unit.DataSize;

/** Logs at start-up how the heap is divided, and warns if the settings ask for more than it has. */
final class HeapReport implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger(HeapReport.class);

    private final HeapBudget budget;
    private final int maxConnections;
    private final boolean contextTakeover;

    HeapReport(HeapBudget budget, int maxConnections, boolean contextTakeover) {
        this.budget = budget;
        this.maxConnections = maxConnections;
        this.contextTakeover = contextTakeover;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        report();
    }

    void report() {
        String heap = DataSize.ofBytes(budget.heap()).toMegabytes() + "MB";
        log.info(
                "The heap of {} is divided: {}{}",
                heap,
                budget.describe(),
                contextTakeover ? "; context takeover takes some 300KB outside the heap for each connection" : "");
        if (maxConnections > budget.connections()) {
            log.warn(
                    "pushwire.websocket.max-connections is {}, but a heap of {} has room for about {}: give it more (-Xmx),"
                            + " lower pushwire.history.max-memory, or expect handshakes to be refused for want of memory",
                    maxConnections,
                    heap,
                    budget.connections());
        }
    }
}
