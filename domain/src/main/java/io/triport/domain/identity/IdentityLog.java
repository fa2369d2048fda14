package io.triport.domain.identity;

import io.triport.domain.request.Inbound;

/** Hears every decision of the gate, once. Must not throw and must not wait. */
public interface IdentityLog {
    /** The gate begins to judge an event; perhaps once more where it could not do so at once. */
    default void judging(Inbound event) {}

    void admitted(Grant grant);

    void refused(Inbound event, Refusal refusal);
}
