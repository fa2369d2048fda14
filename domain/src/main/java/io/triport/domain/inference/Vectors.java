package io.triport.domain.inference;

import java.util.Arrays;
import java.util.List;

/** Vectors of the same length, in an order: {@code rows} of them with {@code dimensions} numbers each, both 1 or more. Immutable. */
public final class Vectors {
    private final int dimensions;
    private final float[] numbers;

    private Vectors(int dimensions, float[] numbers) {
        this.dimensions = dimensions;
        this.numbers = numbers;
    }

    /** @throws IllegalArgumentException for none, for different lengths, and for what is no finite number */
    public static Vectors of(List<float[]> rows) {
        var dimensions = rows.isEmpty() ? 0 : rows.getFirst().length;
        if (dimensions == 0 || rows.stream().anyMatch(row -> row.length != dimensions)) {
            throw new IllegalArgumentException(
                    "vectors: " + rows.size() + " (expected: one or more of the same length)");
        }
        var numbers = new float[Math.multiplyExact(rows.size(), dimensions)];
        for (var row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, numbers, row * dimensions, dimensions);
        }
        for (var number : numbers) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("vectors: " + number + " (expected: finite numbers)");
            }
        }
        return new Vectors(dimensions, numbers);
    }

    public int rows() {
        return numbers.length / dimensions;
    }

    public int dimensions() {
        return dimensions;
    }

    /** @throws IndexOutOfBoundsException outside of the shape */
    public float at(int row, int dimension) {
        return numbers[
                java.util.Objects.checkIndex(row, rows()) * dimensions
                        + java.util.Objects.checkIndex(dimension, dimensions)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vectors that && dimensions == that.dimensions && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * dimensions + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "Vectors[" + rows() + " of " + dimensions + "]";
    }
}
