package dev.pushwire.access;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tickets, which stand for tokens where a client can only set a URL. A ticket is a random name. It is valid for one
 * connection, and for a short time. URLs are logged, so no token may be in one. The node that issued a ticket keeps the
 * token; all other nodes ask it. Thread-safe.
 */
public final class Tickets {
    /** How long a ticket is valid. */
    public static final Duration LIFE = Duration.ofSeconds(30);

    /** How many unused tickets one principal may have. */
    static final int MOST_OF_PRINCIPAL = 100;

    /** How much memory all tokens may take, in bytes: 2000 of the longest tokens, or about 30,000 of a usual length. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final String ADDRESS = "tickets";
    private static final String LOOKING = "tickets-looking";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 24;

    private final NodeName self;
    private final ClusterBus nodes;
    private final LongSupplier nanoTime;
    private final Map<String, Kept> kept = new LinkedHashMap<>(); // by secret, the oldest first; guarded by this
    private final Map<String, Integer> ofPrincipals = new HashMap<>(); // guarded by this
    private int bytes; // guarded by this

    private record Kept(String token, String principal, long until) {}

    /** There are as many tickets as there may be. Some will be free within {@link #LIFE}. */
    public static final class TooManyTicketsException extends Exception {
        private static final long serialVersionUID = 1L;

        private TooManyTicketsException() {
            super("too many tickets", null, false, false);
        }
    }

    /** @param nanoTime the time as {@link System#nanoTime} counts it */
    public Tickets(NodeName self, ClusterBus nodes, LongSupplier nanoTime) {
        this.self = self;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        nodes.answer(ADDRESS, secret -> answer(take(new String(secret, StandardCharsets.US_ASCII))));
        nodes.answer(LOOKING, secret -> answer(find(new String(secret, StandardCharsets.US_ASCII))));
    }

    private static CompletableFuture<byte[]> answer(@Nullable String token) {
        return CompletableFuture.completedFuture((token == null ? "" : token).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Makes a ticket.
     *
     * @param token a token that was found valid
     * @param principal the user of the token
     * @throws TooManyTicketsException if this principal, or all together, have too many unused tickets
     */
    public synchronized String issue(String token, String principal) throws TooManyTicketsException {
        forgetOld();
        if (ofPrincipals.getOrDefault(principal, 0) >= MOST_OF_PRINCIPAL || bytes + token.length() > MOST_BYTES) {
            throw new TooManyTicketsException();
        }
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        kept.put(secret, new Kept(token, principal, nanoTime.getAsLong() + LIFE.toNanos()));
        ofPrincipals.merge(principal, 1, Integer::sum);
        bytes += token.length();
        return self + "-" + secret;
    }

    /**
     * Uses up a ticket. May wait for another node.
     *
     * @return the token that the ticket stands for
     * @throws TokenRefusedException if the ticket is not valid, or its node cannot be asked
     */
    String redeem(String ticket) throws TokenRefusedException {
        return token(ticket, ADDRESS);
    }

    /**
     * Looks at a ticket without using it up. May wait for another node.
     *
     * @return the token that the ticket stands for
     * @throws TokenRefusedException if the ticket is not valid, or its node cannot be asked
     */
    String look(String ticket) throws TokenRefusedException {
        return token(ticket, LOOKING);
    }

    private String token(String ticket, String address) throws TokenRefusedException {
        NodeName node = NodeName.ofConnection(ticket);
        String secret = ticket.substring(ticket.lastIndexOf('-') + 1);
        String token = node == null || secret.length() != 2 * SECRET_BYTES ? null : ask(node, address, secret);
        if (token == null || token.isEmpty()) {
            throw TokenRefusedException.invalid(
                    "The ticket is not valid: it opens one connection, within " + LIFE.toSeconds() + " seconds.");
        }
        return token;
    }

    private @Nullable String ask(NodeName node, String address, String secret) throws TokenRefusedException {
        try {
            byte[] answer = nodes.ask(node, address, secret.getBytes(StandardCharsets.US_ASCII), PATIENCE)
                    .join();
            return new String(answer, StandardCharsets.US_ASCII);
        } catch (CompletionException e) {
            if (e.getCause() instanceof AskFailedException failure) {
                boolean isGone = switch (failure.reason()) {
                    case UNREACHABLE -> true; // and its tickets with it
                    case FAILED -> !address.equals(LOOKING); // which an earlier version does not know
                    case UNAVAILABLE, LATE -> false;
                };
                if (isGone) {
                    return null;
                }
                throw new TokenRefusedException(
                        Refusal.UNAVAILABLE, "The ticket cannot be checked now: its node does not answer.");
            }
            throw e;
        }
    }

    private synchronized @Nullable String find(String secret) {
        forgetOld();
        Kept found = kept.get(secret);
        return found == null ? null : found.token();
    }

    private synchronized @Nullable String take(String secret) {
        forgetOld();
        Kept found = kept.remove(secret);
        if (found == null) {
            return null;
        }
        forget(found);
        return found.token();
    }

    /** Forgets old tickets. All live equally long, so the oldest come first. */
    private void forgetOld() {
        long now = nanoTime.getAsLong();
        for (Iterator<Kept> all = kept.values().iterator(); all.hasNext(); ) {
            Kept oldest = all.next();
            if (oldest.until() - now > 0) {
                return;
            }
            all.remove();
            forget(oldest);
        }
    }

    private void forget(Kept ticket) {
        bytes -= ticket.token().length();
        ofPrincipals.computeIfPresent(ticket.principal(), (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many unused tickets there are. */
    synchronized int size() {
        forgetOld();
        return kept.size();
    }
}
