package dev.pushwire.protocol;

import org.jspecify.annotations.Nullable;

/** What a client and the server agreed on for the messages of a session. */
public enum NegotiatedDeflate {
    NONE,
    NO_TAKEOVER,
    TAKEOVER;

    /** Smaller than many a message. */
    private static final int SCRATCH = 100;

    /** To be closed. */
    @Nullable
    MessageInflater inflater() {
        return this == NONE ? null : new MessageInflater(this == TAKEOVER, new byte[SCRATCH]);
    }
}
