package dev.pushwire.api;

import java.util.Locale;

/** What callers of the HTTP API may do; a key has some of these, and a token may have them, too. */
public enum Scope {
    /** May publish to every topic. */
    PUBLISH,
    /** May read of every topic: its position, history and members. */
    READ,
    /** May see connections, close them, and revoke. */
    ADMIN;

    private final String claim = "pushwire:" + name().toLowerCase(Locale.ROOT);

    /** As a token's claim has it: {@code pushwire:publish}. */
    String claim() {
        return claim;
    }

    /** As the configuration has it: {@code publish}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
