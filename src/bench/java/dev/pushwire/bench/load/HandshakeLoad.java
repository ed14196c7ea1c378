package dev.pushwire.bench.load;

/**
 * Connections are opened, closed by both closing handshakes (WebSocket's and TCP's), and opened again. A message here
 * is one such cycle; its latency is that of the opening.
 */
final class HandshakeLoad extends Load {
    private volatile boolean stopping;

    HandshakeLoad(Context context) {
        super(context, 1);
    }

    @Override
    Measurement run() throws Exception {
        Window window = new Window(context());
        for (Connection connection : connections()) {
            connection.loop().execute(connection::open);
        }
        letRun(context().job().warmupSeconds());
        window.open();
        letRun(context().job().seconds());
        window.close();
        stopping = true;
        context().end();
        return report(window);
    }

    @Override
    void opened(Connection connection) {
        connection.sendClose();
    }

    @Override
    void received(Connection connection, long first, int count, long now) {
        throw new WrongAnswerException("a message that nobody sent");
    }

    @Override
    void closing(Connection connection, int code) {
        if (code != 1000) {
            super.closing(connection, code);
        }
    }

    /** Section 7.1.1: the server closes the TCP connection first. */
    @Override
    void ended(Connection connection, String how) {
        if (!connection.isClosing()) {
            super.ended(connection, how);
            return;
        }
        if (context().isMeasuring()) {
            connection.loop().tally().add(connection.openingTime(), 1);
        }
        if (!stopping) {
            connection.open();
        }
    }
}
