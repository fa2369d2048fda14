package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Optional;

/** The indexes of a deployment, before identity: what an adapter gives and {@code Storage} puts behind grants. Safe for many threads. */
public interface VectorIndexes {
    /** Empty where there is no such index. */
    Optional<VectorIndex> open(IndexName name);

    /** @throws StorageFailure.Rejected UNSUPPORTED where there are no indexes */
    IndexCatalogue catalogue();

    /** What keeps the indexes: a name from a closed set, for whoever measures. */
    String adapter();

    /** No indexes at all. */
    static VectorIndexes none() {
        return new VectorIndexes() {
            @Override
            public Optional<VectorIndex> open(IndexName name) {
                return Optional.empty();
            }

            @Override
            public IndexCatalogue catalogue() {
                throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "vector indexes: not kept by this app");
            }

            @Override
            public String adapter() {
                return "vectors";
            }
        };
    }
}
