package io.triport.identity.revocation;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import java.time.Duration;
import java.util.Set;

/** Lets a verified principal pass unless its credential was taken back. Waits for nothing. Safe for many threads. */
public record RevocationGuard(RevocationList list, RevocationRule rule) {
    /** The list reads its source at least this often when it is back. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** The outcome itself when it stands. */
    public IdentityOutcome pass(IdentityOutcome.Authenticated authenticated) {
        var principal = authenticated.principal();
        var names = list.isEmpty() ? Set.<RevocationKey>of() : RevocationKey.of(principal);
        return switch (list.check(names, principal.authenticatedAt())) {
            case RevocationCheck.Standing standing -> authenticated;
            case RevocationCheck.Revoked revoked -> new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED);
            case RevocationCheck.Stale stale ->
                switch (rule) {
                    case SOFT -> authenticated;
                    case HARD -> new IdentityOutcome.Unavailable(RETRY);
                };
        };
    }
}
