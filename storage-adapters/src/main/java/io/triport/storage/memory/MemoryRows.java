package io.triport.storage.memory;

import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.KeptVersion;
import java.util.Comparator;
import java.util.Deque;

/** The rows of the typed tables. Guarded by the lock of {@link MemoryData}. */
final class MemoryRows {
    private static final String AUDIT = "audit";

    private final Undoable<DocumentName, Document> documents;
    private final Undoable<Long, AuditRow> audit;
    private final Undoable<String, AuditAnchor> anchors;
    private final Undoable<String, Job> jobs;
    private final Undoable<Long, JobEvent> events;
    private final Undoable<ErrorName, JobError> errors;
    private final Undoable<Long, Version> versions;
    private long number;

    MemoryRows(Deque<Runnable> journal) {
        this.documents = new Undoable<>(
                Comparator.comparing(DocumentName::kind).thenComparing(name -> Bytes.utf8(name.id())), journal);
        this.audit = new Undoable<>(Comparator.naturalOrder(), journal);
        this.anchors = new Undoable<>(Comparator.naturalOrder(), journal);
        this.jobs = new Undoable<>(Comparator.naturalOrder(), journal);
        this.events = new Undoable<>(Comparator.naturalOrder(), journal);
        this.errors = new Undoable<>(ErrorName.ORDER, journal);
        this.versions = new Undoable<>(Comparator.naturalOrder(), journal);
    }

    record Version(NamespaceId namespace, KeptVersion kept) {}

    record ErrorName(String job, long number) {
        private static final Comparator<ErrorName> ORDER =
                Comparator.comparing(ErrorName::job).thenComparingLong(ErrorName::number);
    }

    Undoable<DocumentName, Document> documents() {
        return documents;
    }

    Undoable<Long, AuditRow> audit() {
        return audit;
    }

    AuditAnchor anchor() {
        return anchors.get(AUDIT).orElse(AuditAnchor.NONE);
    }

    void anchor(AuditAnchor next) {
        anchors.put(AUDIT, next);
    }

    Undoable<String, Job> jobs() {
        return jobs;
    }

    Undoable<Long, JobEvent> events() {
        return events;
    }

    Undoable<ErrorName, JobError> errors() {
        return errors;
    }

    Undoable<Long, Version> versions() {
        return versions;
    }

    /** One that no row of any table has. */
    long nextNumber() {
        number++;
        return number;
    }
}
