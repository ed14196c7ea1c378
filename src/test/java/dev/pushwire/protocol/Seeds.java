package dev.pushwire.protocol;

import java.util.Random;
import java.util.function.Consumer;

/** Random tests that can be repeated: each run has a seed of its own, which is named when the run fails. */
final class Seeds {
    private Seeds() {}

    static void forEach(int runs, Consumer<Random> test) {
        for (long seed = 1; seed <= runs; seed++) {
            try {
                test.accept(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("With seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
