package dev.pushwire.bench;

import dev.pushwire.bench.load.Measurement;

/**
 * One run.
 *
 * @param repeat from 1
 */
record Result(String scenario, String peer, int repeat, Measurement measurement) {}
