package dev.pushwire.bench.load;

/**
 * Measures the memory of connections that are open and silent. The server has done some work before, so that its code
 * and its pools do not count as memory of the connections.
 */
final class IdleLoad extends Load {
    private static final double SETTLE_SECONDS = 2;

    private final Job warmup;

    IdleLoad(Context context) {
        super(context, 1);
        Job job = context.job();
        Shape echo =
                new Shape(Shape.Kind.ECHO, 64, job.shape().size(), job.shape().binary(), 1, 0, false, 0);
        this.warmup = new Job(echo, job.serverPid(), job.redisPid(), job.port(), job.path(), job.warmupSeconds(), 0.1);
    }

    @Override
    Measurement run() throws Exception {
        EchoLoad echo = new EchoLoad(new Context(warmup, context().failures()));
        Measurement warm = echo.run();
        echo.connections().forEach(Connection::drop);
        if (warm.outcome() != Measurement.Outcome.OK) {
            return warm;
        }
        letRun(SETTLE_SECONDS);
        ServerMemory before = ServerMemory.of(context().job());
        Window window = new Window(context());
        window.open();
        Measurement.Idle idle = null;
        if (openAll()) {
            window.close();
            letRun(SETTLE_SECONDS);
            ServerMemory after = ServerMemory.of(context().job());
            idle = after.minus(before, connections().size());
            for (Connection connection : connections()) {
                connection.loop().execute(() -> connection.send(1, System.nanoTime()));
            }
            drain(connection -> connection.nextNumber() - connection.nextAnswer());
        }
        context().end();
        return report(window).withIdle(idle);
    }

    @Override
    void opened(Connection connection) {
        super.opened(connection);
        connection.loop().tally().add(connection.openingTime(), 1);
    }

    @Override
    void received(Connection connection, long first, int count, long now) {
        // The last check that all connections are alive.
    }
}
