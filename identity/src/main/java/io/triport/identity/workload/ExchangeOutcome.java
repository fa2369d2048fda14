package io.triport.identity.workload;

/** How the exchange of a token for a credential ended. */
public enum ExchangeOutcome {
    EXCHANGED,
    /** The cloud said no. */
    REFUSED,
    /** There was no answer, or none that can be read. */
    UNREACHABLE
}
