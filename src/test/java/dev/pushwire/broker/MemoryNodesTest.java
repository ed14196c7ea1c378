package dev.pushwire.broker;

import java.time.Duration;
import java.util.List;

class MemoryNodesTest extends NodesContract {
    private final FakeClock clock = new FakeClock();
    private final RecordingNode listener = new RecordingNode();
    private final Nodes nodes = new MemoryNodes(listener.name(), listener, RETENTION, MOST, clock);

    @Override
    protected List<RecordingNode> listeners() {
        return List.of(listener);
    }

    @Override
    protected List<Nodes> nodes() {
        return List.of(nodes);
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time.plusMillis(1));
    }
}
