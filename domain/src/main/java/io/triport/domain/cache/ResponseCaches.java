package io.triport.domain.cache;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;

/** The caches of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. Safe for many threads. */
public interface ResponseCaches {
    /** The cache as it is for one principal. Cheap: nothing is read, and one to which nothing was put is empty. */
    ResponseCache cache(CacheName name, CachePart part);

    /** What keeps the responses: a name from a closed set, for whoever measures. */
    String adapter();

    /** No caches at all. */
    static ResponseCaches none() {
        return new ResponseCaches() {
            @Override
            public ResponseCache cache(CacheName name, CachePart part) {
                throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "cache: there are none");
            }

            @Override
            public String adapter() {
                return "none";
            }
        };
    }
}
