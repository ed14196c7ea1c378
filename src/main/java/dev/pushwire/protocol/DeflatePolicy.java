package dev.pushwire.protocol;

/**
 * The limits within which the server negotiates permessage-deflate (RFC 7692).
 *
 * @param contextTakeover whether a connection may keep a compressor and a decompressor, and with them the memory of
 *     earlier messages; without, it holds nothing between messages
 * @param maxWindowBits the largest LZ77 window, as the base-2 logarithm of its bytes: 9–15
 */
public record DeflatePolicy(boolean contextTakeover, int maxWindowBits) {
    /** Checks the range. */
    public DeflatePolicy {
        if (maxWindowBits < 9 || maxWindowBits > 15) {
            throw new IllegalArgumentException("max-window-bits must be from 9 to 15, but is " + maxWindowBits);
        }
    }
}
