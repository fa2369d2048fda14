package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import java.time.Instant;
import java.util.List;

/** The trail as far as a grant may read it: of one namespace where it reaches that, of everything where it reaches all. */
final class ConfinedAuditTrail implements AuditTrail {
    private static final ResourceName EVERYTHING = ResourceName.container("");

    private final AuditTrail trail;
    private final ResourceCatalogue namespaces;
    private final GrantGuard guard;

    ConfinedAuditTrail(AuditTrail trail, ResourceCatalogue namespaces, GrantGuard guard) {
        this.trail = trail;
        this.namespaces = namespaces;
        this.guard = guard;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        guard.require(Action.AUDIT_APPEND, EVERYTHING);
        trail.append(entries);
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        guard.requireLive();
        guard.require(Action.AUDIT_READ, resource(query));
        return trail.page(query);
    }

    @Override
    public AuditVerdict verify() {
        guard.require(Action.AUDIT_READ, EVERYTHING);
        return trail.verify();
    }

    @Override
    public int forget(Instant before, int most) {
        guard.require(Action.SPACE_RECLAIM, EVERYTHING);
        return trail.forget(before, most);
    }

    /** Of a namespace that is gone, as of all. */
    private ResourceName resource(AuditQuery query) {
        return query.namespace().isEmpty()
                ? EVERYTHING
                : namespaces
                        .find(new NamespaceId(query.namespace()))
                        .map(namespace ->
                                ResourceName.container(namespace.title().text()))
                        .orElse(EVERYTHING);
    }
}
