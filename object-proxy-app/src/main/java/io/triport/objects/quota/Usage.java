package io.triport.objects.quota;

import java.util.List;

/** What was used of quotas, as far as this node knows: what others have counted since may be missing. Safe for many threads. */
public interface Usage {
    /** In the order of buckets, then identities; none of those that have used nothing. */
    List<Consumption> now();
}
