package dev.pushwire.protocol;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ways to cut a stream of bytes into the pieces in which they may arrive. */
final class Splits {
    /** A longer stream is cut in two not everywhere, but near both ends and at some places between. */
    private static final int CUT_EVERYWHERE = 300;

    private static final int NEAR_AN_END = 20;
    private static final int RANDOM_PLACES = 40;
    private static final int RANDOM_WAYS = 4;

    private Splits() {}

    /** Whole, byte by byte, in every two, and in random pieces; each way is the places of its cuts in order. */
    static Stream<int[]> of(int length) {
        Random random = new Random(length);
        Stream<int[]> whole = Stream.of(new int[0]);
        Stream<int[]> byteByByte = Stream.of(IntStream.range(1, length).toArray());
        Stream<int[]> inTwo = places(length, random).mapToObj(place -> new int[] {place});
        Stream<int[]> inRandomPieces = IntStream.range(0, RANDOM_WAYS).mapToObj(_ -> random(length, random));
        return Stream.of(whole, byteByByte, inTwo, inRandomPieces).flatMap(way -> way);
    }

    /** Some random pieces, a few of them empty. */
    static int[] random(int length, Random random) {
        return random.ints(1 + random.nextInt(10), 0, length + 1).sorted().toArray();
    }

    /** The first and the last one leave a piece empty. */
    private static IntStream places(int length, Random random) {
        if (length <= CUT_EVERYWHERE) {
            return IntStream.rangeClosed(0, length);
        }
        return IntStream.concat(
                random.ints(RANDOM_PLACES, NEAR_AN_END, length - NEAR_AN_END),
                IntStream.range(0, NEAR_AN_END).flatMap(near -> IntStream.of(near, length - near)));
    }
}
