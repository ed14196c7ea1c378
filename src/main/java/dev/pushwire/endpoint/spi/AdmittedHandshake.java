package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Handshake;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handshake with the principal that it was admitted with. Records that carry more for an endpoint implement it. */
public interface AdmittedHandshake extends Handshake {
    /** The handshake as it came. */
    Handshake request();

    @Override
    default String path() {
        return request().path();
    }

    @Override
    default Map<String, String> pathVariables() {
        return request().pathVariables();
    }

    @Override
    default @Nullable String queryParameter(String name) {
        return request().queryParameter(name);
    }

    @Override
    default List<String> headers(String name) {
        return request().headers(name);
    }

    @Override
    default List<String> offeredSubprotocols() {
        return request().offeredSubprotocols();
    }

    @Override
    default String remoteAddress() {
        return request().remoteAddress();
    }
}
