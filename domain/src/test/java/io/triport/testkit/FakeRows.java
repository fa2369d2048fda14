package io.triport.testkit;

import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.KeptVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the fake tables. */
record FakeRows(
        List<AuditRow> audit,
        Map<JobId, Job> jobs,
        List<JobEvent> events,
        List<FakeRows.Failed> errors,
        List<FakeRows.Kept> kept,
        Map<DocumentName, Document> documents,
        Map<String, Long> counters,
        List<AuditAnchor> anchors) {
    record Failed(JobId job, JobError error) {}

    record Kept(NamespaceId namespace, KeptVersion version) {}

    FakeRows() {
        this(
                new ArrayList<>(),
                new HashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new HashMap<>(),
                new ArrayList<>(List.of(AuditAnchor.NONE)));
    }

    FakeRows copy() {
        return new FakeRows(
                new ArrayList<>(audit),
                new HashMap<>(jobs),
                new ArrayList<>(events),
                new ArrayList<>(errors),
                new ArrayList<>(kept),
                new HashMap<>(documents),
                new HashMap<>(counters),
                new ArrayList<>(anchors));
    }

    AuditAnchor anchor() {
        return anchors.getFirst();
    }

    void anchor(AuditAnchor next) {
        anchors.set(0, next);
    }

    long next(String counter) {
        return counters.merge(counter, 1L, Long::sum);
    }
}
