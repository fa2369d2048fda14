package io.triport.identity.verified;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.Optional;

/**
 * A mechanism whose credential is one text, good for many requests. What depends on that text alone may be remembered; what
 * depends on the request, or may change within seconds, is asked each time. Not for nonces and other single-use credentials.
 */
public interface RepeatableMechanism extends IdentityMechanism {
    /** The complete credential; empty when the request shows none or several, or one where it may not stand. */
    Optional<String> credential(Fetch request);

    /** Judges the text alone; may wait. */
    IdentityOutcome judge(String credential, Instant now);

    /** Judges a request that shows a credential which holds: where it comes from, and whether it was taken back. Never waits. */
    IdentityOutcome settle(IdentityOutcome.Authenticated held, Fetch request);

    /** A number that changes with the keys; what was judged under another must be judged again. */
    long generation();

    /** Until when a credential that holds may be remembered at most: its own end, without any leniency. */
    Instant rememberableUntil(IdentityOutcome.Authenticated held);
}
