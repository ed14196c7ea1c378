package dev.pushwire.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Computes the median of several runs. */
final class Median {
    private Median() {}

    /** @param runs at least one */
    static <T> double of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
