package dev.pushwire.broker;

import java.time.Duration;
import java.util.List;

class MemoryClusterBusTest extends ClusterBusContract {
    private final FakeClock clock = new FakeClock();
    private final RecordingNode listener = new RecordingNode();
    private final MemoryClusterBus nodes = new MemoryClusterBus(listener.name(), listener, RETENTION, MOST, clock);

    @Override
    protected List<RecordingNode> listeners() {
        return List.of(listener);
    }

    @Override
    protected List<ClusterBus> nodes() {
        return List.of(nodes);
    }

    @Override
    protected int kept() {
        return nodes.kept();
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time.plusMillis(1));
    }
}
