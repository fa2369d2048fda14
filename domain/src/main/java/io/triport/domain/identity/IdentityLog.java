package io.triport.domain.identity;

import io.triport.domain.request.Inbound;

/** Hears every decision of the gate, once. Must not throw and must not wait. */
public interface IdentityLog {
    void admitted(Grant grant);

    void refused(Inbound event, Refusal refusal);
}
