package dev.pushwire.api;

import java.util.Locale;

/** A right of callers of the HTTP API. A key has some of them, and a token may have them, too. */
public enum Scope {
    /** May publish to every topic. */
    PUBLISH,
    /** May read every topic: its position, history and members. */
    READ,
    /** May see connections, close them, and revoke tokens. */
    ADMIN;

    private final String claim = "pushwire:" + name().toLowerCase(Locale.ROOT);

    /** The scope in a token's claim: {@code pushwire:publish}. */
    String claim() {
        return claim;
    }

    /** The scope in the configuration: {@code publish}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
