package io.triport.identity.sts;

import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.InvalidInput;
import java.time.Clock;
import java.time.Duration;

/** Takes single sessions back before their end, on all nodes that share the list. Safe for many threads. */
public final class SessionRevocations {
    /** A session lasts 12 hours at most; clocks of nodes differ by less than the rest. */
    private static final Duration KEPT = Duration.ofHours(13);

    private static final int LONGEST = 128;

    private final RevocationList list;
    private final Clock clock;

    public SessionRevocations(RevocationList list, Clock clock) {
        this.list = list;
        this.clock = clock;
    }

    /**
     * Takes one back; it is refused at once here, and within {@link RevocationList#STALENESS} elsewhere.
     *
     * @param tokenId the id of its token, which audit lines have
     * @throws InvalidInput for a text that is no id
     * @throws io.triport.domain.identity.IdentityStateUnavailable when nobody knows whether it is taken back
     */
    public void revoke(String tokenId) {
        if (tokenId.isEmpty() || tokenId.length() > LONGEST || tokenId.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("token_id", "1..128 printable characters");
        }
        var key = new RevocationKey.Token(SealedSessions.ISSUER, tokenId);
        list.revoke(Revocation.of(key, clock.instant().plus(KEPT)));
    }
}
