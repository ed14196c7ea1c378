package dev.pushwire.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An issuer's server on this machine, which publishes the public halves of keys. */
final class KeyServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String set;
    private volatile URI asked;
    private volatile boolean broken;
    private volatile boolean stalling;

    KeyServer(JWK... keys) {
        this(null, keys);
    }

    /** @param tls for an https server; null for a plain one */
    KeyServer(SSLContext tls, JWK... keys) {
        publish(keys);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(anyPort, 0);
            } else {
                HttpsServer secured = HttpsServer.create(anyPort, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secured;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> {
            requests.incrementAndGet();
            asked = exchange.getRequestURI();
            byte[] bytes = set.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
            exchange.sendResponseHeaders(broken ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, stalling ? bytes.length / 2 : bytes.length);
            if (stalling) {
                exchange.getResponseBody().flush();
                awaitClose();
            }
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort() + "/keys");
    }

    /** From now on, the server publishes these keys. */
    void publish(JWK... newKeys) {
        publish(new JWKSet(List.of(newKeys)).toString(true));
    }

    /** From now on, the server publishes this text. */
    void publish(String newSet) {
        set = newSet;
    }

    /** From now on, the server sends half of its answer, and then nothing until it is closed. */
    void stalls() {
        stalling = true;
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on, the server answers 500, or works again. */
    void breaks(boolean now) {
        broken = now;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The target of the last request, as the client wrote it. A proxy gets a whole address. */
    URI asked() {
        return asked;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
