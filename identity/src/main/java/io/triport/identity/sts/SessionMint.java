package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Makes sessions at a distance: for keys that another service has, of which nothing is known here. Whoever opens such a session
 * looks the key up, and permits what both permit. Safe for many threads.
 */
public final class SessionMint {
    /** Of all sessions, these and those of {@link StsService}. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private final SessionSeal seal;
    private final FreshKeys fresh;
    private final Clock clock;

    /** @param ring of which the first key seals */
    public SessionMint(SessionKeys ring, Clock clock, Randomness randomness) {
        this.seal = new SessionSeal(ring, randomness);
        this.fresh = new FreshKeys(randomness);
        this.clock = clock;
    }

    /**
     * Makes a session.
     *
     * @param parent the long-lived key that it stands for; a session for one that does not exist opens nothing
     * @param permissions what it opens of that which the key opens at the time of use
     * @param length 1 s to {@link #LONGEST}, of which whole seconds count; the end of the key is an end of the session, too
     * @throws InvalidInput for another length, and for permissions that do not fit into a token of 4 KiB
     */
    public StsAnswer.Credentials mint(AccessKeyId parent, Permissions permissions, Duration length) {
        if (length.toSeconds() < 1 || length.compareTo(LONGEST) > 0) {
            throw new InvalidInput("length of the session", "1.." + LONGEST.toSeconds() + " seconds");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var session = new Session(
                fresh.id(),
                fresh.secret(),
                null,
                parent,
                parent.text(),
                parent.text(),
                permissions,
                now,
                now.plusSeconds(length.toSeconds()),
                fresh.tokenId(),
                true);
        var token = seal.close(session)
                .orElseThrow(() -> new InvalidInput("permissions", "what fits into a token of 4 KiB"));
        return new StsAnswer.Credentials(session.id(), session.secret(), token, session.expiresAt());
    }
}
