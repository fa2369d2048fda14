package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import io.triport.domain.table.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trail as far as a grant may read it: all of it, that of some namespaces, or the entries of some keys. Of a key it shows who did
 * what and when, and no details, which may name other keys.
 */
final class ConfinedAuditTrail implements AuditTrail {
    private static final ResourceName EVERYTHING = ResourceName.container("");
    private static final int READ_AT_ONCE = 1_000;

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
        var titles = query.namespace().isEmpty()
                ? namespaces.namespaces()
                : namespaces.find(new NamespaceId(query.namespace())).stream().toList();
        if (guard.permits(Action.AUDIT_READ, EVERYTHING)
                || !query.namespace().isEmpty() && titles.stream().anyMatch(this::whole)) {
            return trail.page(query);
        }
        var own = new HashMap<String, Namespace>();
        titles.stream()
                .filter(one -> !guard.grant()
                        .prefixes(Action.AUDIT_READ, one.title().text())
                        .isEmpty())
                .forEach(one -> own.put(one.id().text(), one));
        if (own.isEmpty()) {
            throw new StorageFailure.AccessDenied("grant: does not permit " + Action.AUDIT_READ.scope());
        }
        return page(query, own);
    }

    /** Where the page begins is counted in what may be seen, so the rest is read and left out. */
    private List<AuditRow> page(AuditQuery query, Map<String, Namespace> own) {
        var seen = new ArrayList<AuditRow>();
        var before = query.before();
        var behind = query.paging().offset();
        while (seen.size() < query.paging().limit()) {
            var rows = trail.page(query.before(before).with(Paging.first(READ_AT_ONCE)));
            for (var row : rows) {
                var shown = shown(row, own.get(row.entry().place().namespace()));
                if (shown.isPresent() && behind > 0) {
                    behind--;
                } else if (shown.isPresent() && seen.size() < query.paging().limit()) {
                    seen.add(shown.get());
                }
            }
            if (rows.size() < READ_AT_ONCE) {
                break;
            }
            before = rows.getLast().id();
        }
        return List.copyOf(seen);
    }

    private Optional<AuditRow> shown(AuditRow row, @Nullable Namespace namespace) {
        if (namespace == null) {
            return Optional.empty();
        }
        if (whole(namespace)) {
            return Optional.of(row);
        }
        var key = row.entry().place().key();
        var permitted = !key.isEmpty()
                && guard.permits(
                        Action.AUDIT_READ, new ResourceName(namespace.title().text(), Bytes.utf8(key)));
        return permitted ? Optional.of(row.withoutDetails()) : Optional.empty();
    }

    private boolean whole(Namespace namespace) {
        return guard.permits(
                Action.AUDIT_READ, ResourceName.container(namespace.title().text()));
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
}
