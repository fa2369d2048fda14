package io.triport.objects.quota;

import io.triport.domain.failure.StorageFailure;
import java.util.List;

/** What was used of quotas, as far as this node knows: what others have counted since may be missing. Safe for many threads. */
public interface Usage {
    /**
     * In the order of their ids; none of those that have used nothing.
     *
     * @throws StorageFailure.Unavailable while it is not known what was used before the start
     */
    List<Consumption> now();
}
