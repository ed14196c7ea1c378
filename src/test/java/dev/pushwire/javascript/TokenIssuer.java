package dev.pushwire.javascript;

import com.sun.net.httpserver.HttpServer;
import dev.pushwire.access.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A back end that gives each page a token for the user Ada. */
final class TokenIssuer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger issued = new AtomicInteger();

    /** @param life of each token */
    TokenIssuer(Duration life) {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", exchange -> {
            issued.incrementAndGet();
            byte[] token = Tokens.of("ada")
                    .subscribed("user.ada")
                    .expiring(Instant.now().plus(life))
                    .signed()
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, token.length);
            try (exchange) {
                exchange.getResponseBody().write(token);
            }
        });
        server.start();
    }

    /** The token function of a page. */
    String function() {
        return "() => fetch('http://localhost:" + server.getAddress().getPort()
                + "/token', { cache: 'no-store' }).then(answer => answer.text())";
    }

    int issued() {
        return issued.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
