package io.triport.identity.revocation;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;

/** What happens when nobody knows any more what was revoked lately. */
public enum RevocationRule {
    /** Requests go on; what is known to be revoked stays so. */
    SOFT,
    /** Nothing can be judged. */
    HARD;

    /** Reads the setting {@code revocation} of a mechanism. */
    public static RevocationRule read(Section mechanism) {
        return mechanism.value(
                "revocation",
                Value.oneOf(values()),
                "soft",
                "whether requests go on (soft) or get 503 (hard) when revocations could not be read for 60 s");
    }
}
