package io.triport.testkit;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.IdentityLog;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Inbound;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told, in order. */
public final class RecordingIdentityLog implements IdentityLog {
    private final List<Grant> grants = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    @Override
    public void admitted(Grant grant) {
        grants.add(grant);
    }

    @Override
    public void refused(Inbound event, Refusal refusal) {
        refusals.add(refusal);
    }

    public List<Grant> grants() {
        return List.copyOf(grants);
    }

    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}
