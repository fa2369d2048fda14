package io.triport.testkit;

import io.triport.domain.time.Randomness;
import java.util.Random;

/** Bytes that are the same in every run of a test. Safe for many threads, whose order then decides who gets which. */
public final class SeededRandomness implements Randomness {
    private final Random random;

    public SeededRandomness(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public byte[] bytes(int length) {
        var bytes = new byte[length];
        synchronized (random) {
            random.nextBytes(bytes);
        }
        return bytes;
    }
}
