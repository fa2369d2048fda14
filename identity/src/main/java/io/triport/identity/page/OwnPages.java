package io.triport.identity.page;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Paths that a part of identity answers itself, before any route and without an identity: where a login comes back, or where keys
 * are published (gateway, section 5, stage 4). Safe for many threads.
 */
public interface OwnPages {
    /** The longest body that such a path takes. */
    ByteSize LONGEST_BODY = ByteSize.ofKiB(32);

    /** The paths, each exactly as a request has it, without a query. */
    Set<String> paths();

    /** Answers a request for one of the paths, with its body held in memory. May wait, unless it is {@link #quick}. */
    PageAnswer answer(Fetch request, Instant now);

    /** Whether an answer never waits and costs next to nothing, so that an event loop may give it. */
    default boolean quick() {
        return false;
    }

    /**
     * In whose name requests are verified, so that a refusal is told to the log, and an address that guesses is not heard for a
     * while; empty when they bring nothing to verify.
     */
    Optional<MechanismName> verifier();
}
