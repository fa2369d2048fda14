package io.triport.objects;

import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Fetch;
import io.triport.identity.sigv4.PostForm;
import io.triport.identity.sigv4.PostPolicyMechanism;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.objects.serve.Signatures;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.time.Clock;

/** Signatures as the mechanism of Signature Version 4 knows them. */
record SigV4Signatures(SigV4Mechanism mechanism, PostPolicyMechanism forms, Clock clock) implements Signatures {
    @Override
    public boolean shown(Fetch fetch) {
        return fetch.body() instanceof PostForm ? forms.present(fetch) : mechanism.present(fetch);
    }

    @Override
    public S3Refused words(Fetch fetch, Refusal refusal) {
        if (refusal.reason() == Reason.UNAVAILABLE || refusal.reason() == Reason.NOT_CONFIGURED) {
            var seconds = Math.max(1, refusal.retryAfter().toSeconds());
            return S3Error.SERVICE_UNAVAILABLE.refused().field("Retry-After", Long.toString(seconds));
        }
        if (!shown(fetch)) {
            return S3Error.ACCESS_DENIED.refused();
        }
        var now = clock.instant();
        var problem = fetch.body() instanceof PostForm ? forms.problem(fetch, now) : mechanism.problem(fetch, now);
        if (problem.isEmpty()) {
            return S3Error.ACCESS_DENIED.refused();
        }
        var refused = S3Error.coded(problem.get().code()).refused(problem.get().message());
        problem.get().elements().forEach(refused::with);
        return refused;
    }
}
