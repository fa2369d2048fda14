package io.triport.testkit;

import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.KeptVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The rows of the tables of a {@link FakeStorageEngine}. */
final class FakeRows {
    private final Map<DocumentName, Document> documents = new HashMap<>();
    private final NavigableMap<Long, AuditRow> audit = new TreeMap<>();
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final NavigableMap<Long, JobEvent> events = new TreeMap<>();
    private final Map<JobId, NavigableMap<Long, JobError>> errors = new HashMap<>();
    private final NavigableMap<Long, Version> versions = new TreeMap<>();
    private long number;

    record Version(NamespaceId namespace, KeptVersion kept) {}

    FakeRows copy() {
        var copy = new FakeRows();
        copy.documents.putAll(documents);
        copy.audit.putAll(audit);
        copy.jobs.putAll(jobs);
        copy.events.putAll(events);
        errors.forEach((job, rows) -> copy.errors.put(job, new TreeMap<>(rows)));
        copy.versions.putAll(versions);
        copy.number = number;
        return copy;
    }

    Map<DocumentName, Document> documents() {
        return documents;
    }

    NavigableMap<Long, AuditRow> audit() {
        return audit;
    }

    Map<JobId, Job> jobs() {
        return jobs;
    }

    NavigableMap<Long, JobEvent> events() {
        return events;
    }

    NavigableMap<Long, JobError> errors(JobId job) {
        return errors.computeIfAbsent(job, any -> new TreeMap<>());
    }

    NavigableMap<Long, Version> versions() {
        return versions;
    }

    /** One that no row of any table has. */
    long nextNumber() {
        number++;
        return number;
    }
}
