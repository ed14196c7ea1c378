package dev.pushwire.connection;

/**
 * How messages are compressed if permessage-deflate was negotiated.
 *
 * @param threshold the least payload, in bytes, that is compressed
 * @param level 1 (fastest) to 9 (smallest)
 */
public record CompressionSettings(int threshold, int level) {}
