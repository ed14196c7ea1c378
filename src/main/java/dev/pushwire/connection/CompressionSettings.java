package dev.pushwire.connection;

/**
 * How messages are compressed where permessage-deflate was negotiated.
 *
 * @param threshold bytes of payload below which a message goes out as it is
 * @param level 1 (fastest) to 9 (smallest)
 */
public record CompressionSettings(int threshold, int level) {}
