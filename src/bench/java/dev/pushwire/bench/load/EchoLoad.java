package dev.pushwire.bench.load;

/** Each connection keeps some messages under way: when one comes back, it sends the next. */
final class EchoLoad extends Load {
    private volatile boolean stopping;

    EchoLoad(Context context) {
        super(context, context.job().shape().inFlight());
    }

    @Override
    Measurement run() throws Exception {
        Window window = new Window(context());
        if (openAll() && !isDeclined()) {
            for (Connection connection : connections()) {
                connection.loop().execute(() -> connection.send(outstanding(), System.nanoTime()));
            }
            letRun(context().job().warmupSeconds());
            window.open();
            letRun(context().job().seconds());
            window.close();
            stopping = true;
            drain(connection -> connection.nextNumber() - connection.nextAnswer());
        }
        context().end();
        return report(window);
    }

    @Override
    void received(Connection connection, long first, int count, long now) {
        if (context().isMeasuring()) {
            tally(connection, first, count, now);
        }
        if (!stopping) {
            connection.send(count, now);
        }
    }

    /** Messages that were sent together and come back together are counted together. */
    private static void tally(Connection connection, long first, int count, long now) {
        Tally tally = connection.loop().tally();
        long sentAt = connection.sendTimes().get(first);
        int alike = 0;
        for (long number = first; number < first + count; number++) {
            long at = connection.sendTimes().get(number);
            if (at != sentAt) {
                tally.add(now - sentAt, alike);
                sentAt = at;
                alike = 0;
            }
            alike++;
        }
        tally.add(now - sentAt, alike);
    }
}
