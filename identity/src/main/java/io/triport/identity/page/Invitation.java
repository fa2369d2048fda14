package io.triport.identity.page;

import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Fetch;
import java.time.Instant;

/** A mechanism that sends people who show nothing that holds to where they can log in. Safe for many threads. */
public interface Invitation {
    /** Whether a request that was refused is a person's who can be sent there: no cryptography, no I/O. */
    boolean invites(Fetch request, Refusal refusal);

    /** What such a request is answered instead of a refusal. May wait. */
    PageAnswer invite(Fetch request, Instant now);
}
