package dev.pushwire.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Compresses as a client may (RFC 7692, section 7.2.1): with or without takeover, in blocks of every kind. */
final class ClientDeflater {
    /** What is left off each message. */
    static final byte[] TAIL = Frames.hex("0000ffff");

    private static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};
    private static final int[] FLUSHES = {Deflater.NO_FLUSH, Deflater.SYNC_FLUSH, Deflater.FULL_FLUSH};

    private final Deflater deflater;
    private final boolean takeover;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    ClientDeflater(int level, boolean takeover) {
        this.deflater = new Deflater(level, true);
        this.takeover = takeover;
    }

    /** Without compression, too, which is level 0. */
    static ClientDeflater random(Random random, boolean takeover) {
        ClientDeflater client = new ClientDeflater(random.nextInt(10), takeover);
        client.deflater.setStrategy(STRATEGIES[random.nextInt(STRATEGIES.length)]);
        client.deflater.deflate(new byte[1]); // all that the first call does is to set the strategy
        return client;
    }

    /** A message on its own, in one block if it is not long. */
    static byte[] deflated(byte[] payload) {
        return new ClientDeflater(6, false).next(payload);
    }

    static byte[] deflated(String text) {
        return deflated(Frames.utf8(text));
    }

    byte[] next(byte[] payload) {
        add(payload, 0, payload.length, Deflater.SYNC_FLUSH);
        return whole();
    }

    /** In random pieces, whose last block may call itself the last of all. */
    byte[] next(byte[] payload, Random random) {
        int[] cuts = random.nextBoolean() ? new int[0] : Splits.random(payload.length, random);
        int from = 0;
        for (int cut : cuts) {
            addPiece(payload, from, cut, random);
            from = cut;
        }
        addPiece(payload, from, payload.length, random);
        add(payload, 0, 0, Deflater.SYNC_FLUSH);
        return whole();
    }

    private void addPiece(byte[] payload, int from, int to, Random random) {
        if (random.nextInt(8) == 0) {
            deflater.finish();
            add(payload, from, to, Deflater.NO_FLUSH);
            deflater.reset();
        } else {
            add(payload, from, to, FLUSHES[random.nextInt(FLUSHES.length)]);
        }
    }

    private void add(byte[] payload, int from, int to, int flush) {
        byte[] buffer = new byte[8192];
        deflater.setInput(payload, from, to - from);
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, flush);
            message.write(buffer, 0, count);
        } while (count == buffer.length);
    }

    private byte[] whole() {
        byte[] bytes = message.toByteArray();
        message.reset();
        if (!takeover) {
            deflater.reset();
        }
        int end = bytes.length - TAIL.length;
        if (end > 0 && Arrays.equals(bytes, end, bytes.length, TAIL, 0, TAIL.length)) {
            return Arrays.copyOf(bytes, end);
        }
        return Frames.concat(bytes, new byte[1]); // the header of an empty block without compression
    }
}
