package io.triport.identity.sigv4;

import io.triport.domain.identity.IdentityOutcome;
import java.time.Duration;

/** What is made of a signed request. */
sealed interface Verdict {
    record Signed(IdentityOutcome.Authenticated outcome) implements Verdict {}

    record Refused(SigV4Problem problem) implements Verdict {}

    record Unavailable(Duration retryAfter) implements Verdict {}
}
