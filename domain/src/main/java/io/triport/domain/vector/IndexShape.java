package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.InvalidInput;

/** What all vectors of an index have in common. @param dimensions 1..1536 */
public record IndexShape(int dimensions, Metric metric) {
    /** @throws InvalidInput for dimensions outside of 1..1536 */
    public IndexShape {
        if (dimensions < 1 || dimensions > VectorValues.MOST) {
            throw new InvalidInput("dimensions", "1.." + VectorValues.MOST);
        }
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for other dimensions, and for zeros alone where angles are measured */
    public void require(VectorValues values) {
        if (values.dimensions() != dimensions) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST,
                    "values: " + values.dimensions() + " (expected: " + dimensions + ", as the index has)");
        }
        if (metric == Metric.COSINE && values.zero()) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "values: all zero (expected: a direction, which the cosine needs)");
        }
    }
}
