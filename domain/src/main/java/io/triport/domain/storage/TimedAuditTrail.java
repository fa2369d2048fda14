package io.triport.domain.storage;

import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import java.time.Instant;
import java.util.List;

/** A trail whose calls are told to the log. */
final class TimedAuditTrail implements AuditTrail {
    private final AuditTrail trail;
    private final CallTimer timer;

    TimedAuditTrail(AuditTrail trail, CallTimer timer) {
        this.trail = trail;
        this.timer = timer;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        timer.change(
                "append",
                () -> {
                    trail.append(entries);
                    return true;
                },
                done -> told("appended", entries.size()));
    }

    @Override
    public List<AuditRow> page(AuditQuery query) {
        return timer.read("page", () -> trail.page(query), found -> told("found", found.size()));
    }

    @Override
    public AuditVerdict verify() {
        return timer.readPatiently("verify", () -> trail.verify(), found -> told("holds", found.holds()));
    }

    @Override
    public int forget(Instant before, int most) {
        return timer.change("forget", () -> trail.forget(before, most), found -> told("removed", found));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
