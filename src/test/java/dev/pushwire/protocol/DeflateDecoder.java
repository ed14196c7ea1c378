package dev.pushwire.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A second implementation of RFC 1951 and of section 7.2.2 of RFC 7692, slow and to the letter. A message is whole when
 * it ends with the header of a block without compression, whose four octets of length are left off; or, more leniently,
 * with a last block, or with nothing at all.
 *
 * <p>It also measures how far back the references reach.
 */
public final class DeflateDecoder {
    /** A message, and the distance of its farthest reference; 0 where there is none. */
    public record Decoded(byte[] payload, int farthest) {}

    private static final int END_OF_BLOCK = 256;
    /** In which order the lengths of the code length codes come (RFC 1951, section 3.2.7). */
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final byte[] in;
    private final int limit;
    private int bit; // the index of the next one, from the least significant of the first octet
    private byte[] out = new byte[1024];
    private int size;
    private int start; // of what a reference may reach
    private int farthest;

    private DeflateDecoder(byte[] in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** @return null when the message breaks a rule, is not whole, or has more than {@code limit} bytes */
    public static @Nullable Decoded decode(byte[] message, int limit) {
        DeflateDecoder decoder = new DeflateDecoder(message, limit);
        try {
            decoder.blocks();
        } catch (BrokenException e) {
            return null;
        }
        return new Decoded(Arrays.copyOf(decoder.out, decoder.size), decoder.farthest);
    }

    private static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private void blocks() throws BrokenException {
        boolean last = true; // so that no block at all is a message, too
        while (bit < 8 * in.length || !last) {
            last = bits(1) == 1;
            switch (bits(2)) {
                case 0 -> {
                    toNextOctet();
                    if (bit == 8 * in.length) {
                        return;
                    }
                    stored();
                }
                case 1 -> compressed(fixedLengths(), fixedDistances());
                case 2 -> dynamic();
                default -> throw new BrokenException();
            }
            if (last) {
                toNextOctet();
                start = size; // RFC 7692, 7.2.3.4: what follows the last block is a deflate stream of its own
            }
        }
    }

    private void stored() throws BrokenException {
        int length = bits(16);
        check((length ^ bits(16)) == 0xFFFF);
        for (int i = 0; i < length; i++) {
            put((byte) bits(8));
        }
    }

    private static Code fixedLengths() throws BrokenException {
        int[] lengths = new int[288];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        return new Code(lengths, false);
    }

    private static Code fixedDistances() throws BrokenException {
        int[] lengths = new int[32];
        Arrays.fill(lengths, 5);
        return new Code(lengths, false);
    }

    private void dynamic() throws BrokenException {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codeLengths = bits(4) + 4;
        check(literals <= 286 && distances <= 30);
        int[] ofCodeLengths = new int[19];
        for (int i = 0; i < codeLengths; i++) {
            ofCodeLengths[CODE_LENGTH_ORDER[i]] = bits(3);
        }
        Code codeLength = new Code(ofCodeLengths, false);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; ) {
            int symbol = symbol(codeLength);
            check(symbol != 16 || i > 0);
            int length = symbol < 16 ? symbol : symbol == 16 ? lengths[i - 1] : 0;
            int times = switch (symbol) {
                case 16 -> 3 + bits(2);
                case 17 -> 3 + bits(3);
                case 18 -> 11 + bits(7);
                default -> 1;
            };
            check(i + times <= lengths.length);
            Arrays.fill(lengths, i, i + times, length);
            i += times;
        }
        check(lengths[END_OF_BLOCK] > 0);
        compressed(
                new Code(Arrays.copyOf(lengths, literals), true),
                new Code(Arrays.copyOfRange(lengths, literals, lengths.length), true));
    }

    private void compressed(Code literals, Code distances) throws BrokenException {
        while (true) {
            int symbol = symbol(literals);
            if (symbol == END_OF_BLOCK) {
                return;
            } else if (symbol < END_OF_BLOCK) {
                put((byte) symbol);
            } else {
                int length = length(symbol - 257);
                copy(length, distance(symbol(distances)));
            }
        }
    }

    /** The table of section 3.2.5 as a rule: from 8 on, every four codes have one more extra bit. */
    private int length(int code) throws BrokenException {
        check(code <= 28);
        int extra = code < 8 || code == 28 ? 0 : code / 4 - 1;
        return code < 8 ? 3 + code : code == 28 ? 258 : 3 + ((4 + code % 4) << extra) + bits(extra);
    }

    /** Likewise: from 4 on, every two codes have one more extra bit. */
    private int distance(int code) throws BrokenException {
        check(code <= 29);
        int extra = code < 4 ? 0 : code / 2 - 1;
        return code < 4 ? 1 + code : 1 + ((2 + code % 2) << extra) + bits(extra);
    }

    private void copy(int length, int distance) throws BrokenException {
        check(distance <= size - start);
        farthest = Math.max(farthest, distance);
        for (int i = 0; i < length; i++) {
            put(out[size - distance]);
        }
    }

    private void put(byte octet) throws BrokenException {
        check(size < limit);
        if (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
        }
        out[size++] = octet;
    }

    private int symbol(Code code) throws BrokenException {
        int read = 1;
        for (int length = 1; length <= code.longest; length++) {
            read = read << 1 | bits(1);
            int symbol = code.symbols[read] - 1;
            if (symbol >= 0) {
                return symbol;
            }
        }
        throw new BrokenException();
    }

    private int bits(int count) throws BrokenException {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            check(bit < 8 * in.length);
            value |= (in[bit / 8] >> (bit % 8) & 1) << i;
        }
        return value;
    }

    private void toNextOctet() {
        bit = (bit + 7) & ~7;
    }

    private static void check(boolean rule) throws BrokenException {
        if (!rule) {
            throw new BrokenException();
        }
    }

    /** A Huffman code of section 3.2.2: a symbol and 1 at the place that a 1 and the code's bits make, else 0. */
    private static final class Code {
        private final int longest;
        private final int[] symbols;

        /** @param mayBeOne whether a code of one symbol, or none, is allowed though it leaves half of the bits unused */
        Code(int[] lengths, boolean mayBeOne) throws BrokenException {
            longest = Arrays.stream(lengths).max().orElseThrow();
            symbols = new int[2 << longest];
            int next = 0;
            for (int length = 1; length <= longest; length++) {
                next <<= 1;
                for (int symbol = 0; symbol < lengths.length; symbol++) {
                    if (lengths[symbol] == length) {
                        check(next < 1 << length);
                        symbols[1 << length | next++] = symbol + 1;
                    }
                }
            }
            check(next == 1 << longest || (mayBeOne && longest <= 1));
        }
    }
}
