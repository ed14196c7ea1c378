package dev.pushwire.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The outside of TLS records, as anyone on the way sees it. */
record TlsRecords(List<Head> heads) {
    private static final int ALERT = 21;
    private static final int APPLICATION_DATA = 23;

    private record Head(int type, int length) {}

    static TlsRecords of(byte[] stream) {
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        List<Head> heads = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int type = bytes.get();
            bytes.getShort(); // the version
            int length = bytes.getShort() & 0xFFFF;
            bytes.position(bytes.position() + length);
            heads.add(new Head(type, length));
        }
        return new TlsRecords(heads);
    }

    /**
     * Whether close_notify follows the Close: in a connection without errors it is the only alert. In TLS 1.3 each record
     * looks like application data; an alert's is shorter by the two bytes that it has less than a Close with a code.
     */
    boolean endWithCloseNotify() {
        Head last = heads.getLast();
        Head close = heads.get(heads.size() - 2);
        return last.type == ALERT || (last.type == APPLICATION_DATA && last.length == close.length - 2);
    }
}
