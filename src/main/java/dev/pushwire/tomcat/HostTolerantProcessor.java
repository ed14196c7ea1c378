package dev.pushwire.tomcat;

import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Reads requests as Tomcat does, and also accepts a Host with an underscore. RFC 3986 (section 3.2.2) allows it, Docker
 * Compose gives containers such names, and nginx by default sends the name of its upstream.
 */
final class HostTolerantProcessor extends Http11Processor {
    HostTolerantProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    /** Shows Tomcat the name with letters in place of underscores. This cannot turn a bad name into a good one. */
    @Override
    protected void parseHost(MessageBytes value) {
        if (value == null || value.isNull() || !hasUnderscoredName(value.getByteChunk())) {
            super.parseHost(value);
            return;
        }
        String host = value.toString();
        byte[] lettered = host.replace('_', 'x').getBytes(StandardCharsets.ISO_8859_1);
        MessageBytes stand = MessageBytes.newInstance();
        stand.setBytes(lettered, 0, lettered.length);
        super.parseHost(stand);
        if (getErrorState().isIoAllowed() && !getErrorState().isError()) {
            int port = host.lastIndexOf(':');
            request.serverName().setString(port < 0 ? host : host.substring(0, port));
        }
    }

    /** An IPv6 address has no underscore: a letter in its place could turn a text that is not an address into one. */
    private static boolean hasUnderscoredName(ByteChunk host) {
        return host.indexOf('_', 0) >= 0 && !host.startsWith("[", 0);
    }
}
