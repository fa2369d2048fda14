package io.triport.identity.page;

import io.triport.domain.identity.Principal;
import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.List;

/** A mechanism whose credential lives on while it is used, by a new one in the answer. Safe for many threads. */
public interface Renewal {
    /**
     * Values of {@code Set-Cookie} for the answer to an admitted request, none as a rule. Never waits.
     *
     * @param principal whom this mechanism has admitted with the request
     */
    List<String> renewed(Fetch request, Principal principal, Instant now);
}
