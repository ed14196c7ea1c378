package dev.pushwire.hijack;

import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 over sockets that can be taken; the connector is given this class by name. */
public final class HijackableProtocol extends Http11NioProtocol {
    public HijackableProtocol() {
        super(new HijackableEndpoint());
    }
}
