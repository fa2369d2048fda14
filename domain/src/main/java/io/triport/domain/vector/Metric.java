package io.triport.domain.vector;

import java.util.Comparator;
import java.util.Locale;

/** How near two vectors are (storage contract, section 8.3). Scores are reckoned in double precision from all values. */
public enum Metric {
    /** The cosine of the angle between them, -1 to 1; a high one is near. Vectors of zeros have no angle. */
    COSINE {
        @Override
        double reckon(VectorValues one, float[] other) {
            var product = 0.0;
            var square = 0.0;
            var otherSquare = 0.0;
            for (var i = 0; i < other.length; i++) {
                var a = (double) one.at(i);
                var b = (double) other[i];
                product += a * b;
                square += a * a;
                otherSquare += b * b;
            }
            return Math.clamp(product / (Math.sqrt(square) * Math.sqrt(otherSquare)), -1.0, 1.0);
        }
    },
    /** The sum of the products of their values; a high one is near. */
    DOT_PRODUCT {
        @Override
        double reckon(VectorValues one, float[] other) {
            var product = 0.0;
            for (var i = 0; i < other.length; i++) {
                product += (double) one.at(i) * other[i];
            }
            return product;
        }
    },
    /** The length of their difference, 0 or more; a low one is near. */
    EUCLIDEAN {
        @Override
        double reckon(VectorValues one, float[] other) {
            var square = 0.0;
            for (var i = 0; i < other.length; i++) {
                var difference = (double) one.at(i) - other[i];
                square += difference * difference;
            }
            return Math.sqrt(square);
        }
    };

    /** The score of two vectors of as many values. @param other read only, and not kept */
    public final double score(VectorValues one, float[] other) {
        if (one.dimensions() != other.length) {
            throw new IllegalArgumentException("dimensions: " + other.length + " (expected: " + one.dimensions() + ")");
        }
        return reckon(one, other);
    }

    abstract double reckon(VectorValues one, float[] other);

    /** The nearest score first. */
    public Comparator<Double> nearestFirst() {
        return switch (this) {
            case COSINE, DOT_PRODUCT -> Comparator.reverseOrder();
            case EUCLIDEAN -> Comparator.naturalOrder();
        };
    }

    /** Such as {@code dot-product}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
