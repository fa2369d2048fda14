package io.triport.domain.audit;

import java.util.Locale;

/** What became of a request. */
public enum AuditOutcome {
    /** It went to its upstream and an answer came back. */
    ALLOWED,
    /** Its credential was missing or refused. */
    REJECTED,
    /** Its principal may not. */
    DENIED,
    /** A rate limit refused it. */
    LIMITED,
    /** It could not be understood, or fits no route. */
    BROKEN,
    /** The gateway or the upstream could not. */
    FAILED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
