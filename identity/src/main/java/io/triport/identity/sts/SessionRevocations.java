package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.InvalidInput;
import java.time.Clock;
import java.time.Duration;

/** Takes single sessions back before their end, on all nodes that share the list. Safe for many threads. */
public final class SessionRevocations {
    /** Clocks of nodes differ by less than the hour. */
    private static final Duration KEPT = SessionMint.LONGEST.plusHours(1);

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
        revoke(new RevocationKey.Token(SealedSessions.ISSUER, tokenId));
    }

    /** The same by the access key that the session was given, which its requests name. Failures are those of {@link #revoke(String)}. */
    public void revoke(AccessKeyId id) {
        revoke(new RevocationKey.Credential(new CredentialId(id.text())));
    }

    private void revoke(RevocationKey key) {
        list.revoke(Revocation.of(key, clock.instant().plus(KEPT)));
    }
}
