package dev.pushwire.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The first record of a TLS client, as the JDK's writes it, and with faults that the JDK's never has. */
final class ClientHello {
    private static final int SUPPORTED_GROUPS = 10;
    /** Of the record and the message, the version, and the random (RFC 8446, section 4.1.2). */
    private static final int SESSION_ID = 5 + 4 + 2 + 32;

    private final ByteBuffer record;

    private ClientHello(ByteBuffer record) {
        this.record = record;
    }

    static ClientHello of(SSLContext context) throws Exception {
        SSLEngine engine = context.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return new ClientHello(record.flip());
    }

    /** It names one of the groups twice. */
    ClientHello withAGroupTwice() {
        int first = groups();
        record.putShort(first + Short.BYTES, record.getShort(first));
        return this;
    }

    /** Where the list of groups begins. */
    private int groups() {
        int at = SESSION_ID + 1 + record.get(SESSION_ID);
        at += Short.BYTES + record.getShort(at); // cipher suites
        at += 1 + record.get(at); // compression methods
        at += Short.BYTES;
        while (record.getShort(at) != SUPPORTED_GROUPS) {
            at += 2 * Short.BYTES + record.getShort(at + Short.BYTES);
        }
        return at + 3 * Short.BYTES;
    }

    byte[] bytes() {
        byte[] bytes = new byte[record.remaining()];
        record.get(record.position(), bytes);
        return bytes;
    }
}
