package io.triport.objects.serve;

import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Fetch;
import io.triport.objects.wire.S3Refused;

/** What S3 wants to know of signatures beside what the gate decides. Safe for many threads. */
public interface Signatures {
    /** Whether a request shows a credential, right or not. */
    boolean shown(Fetch fetch);

    /** What a caller is told whom the gate refused. */
    S3Refused words(Fetch fetch, Refusal refusal);
}
