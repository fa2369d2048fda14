package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Arrays;

/** The values of a vector: 1 to 1536 finite numbers of single precision. Immutable; its array never leaves. */
public final class VectorValues {
    /** Where an answer leaves the values out. No vector has none. */
    public static final VectorValues NONE = new VectorValues(new float[0]);

    /** The most dimensions (storage contract, section 8.2). */
    public static final int MOST = 1_536;

    private final float[] values;

    private VectorValues(float[] values) {
        this.values = values;
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for none, more than 1536, and what is infinite or not a number */
    public static VectorValues of(float... values) {
        if (values.length < 1 || values.length > MOST) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "values: " + values.length + " (expected: 1.." + MOST + ")");
        }
        for (var value : values) {
            if (!Float.isFinite(value)) {
                throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "values (expected: finite numbers)");
            }
        }
        return new VectorValues(values.clone());
    }

    public int dimensions() {
        return values.length;
    }

    /** @throws IndexOutOfBoundsException outside of 0..dimensions-1 */
    public float at(int dimension) {
        return values[dimension];
    }

    /** Whether there is no value but zero. */
    public boolean zero() {
        for (var value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorValues that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** The size alone: values are tenant data. */
    @Override
    public String toString() {
        return "VectorValues[" + values.length + "]";
    }
}
