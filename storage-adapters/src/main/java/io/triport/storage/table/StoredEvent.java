package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JsonText;
import io.triport.storage.jdbc.Moments;
import io.triport.storage.jdbc.Sql;

/** A row of job_event. */
@MappedEntity("job_event")
record StoredEvent(@Id long id, String job, String kind, String userName, long at, String details) {
    static StoredEvent of(long id, JobEvent event) {
        return new StoredEvent(
                id,
                event.job().text(),
                event.kind(),
                event.user(),
                Moments.millis(event.at()),
                event.details().text());
    }

    /** Adds it unless the job has one of the kind. */
    Sql insert() {
        return Sql.of(
                "insert into job_event (id, job, kind, user_name, at, details) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (job, kind) do nothing",
                id,
                job,
                kind,
                userName,
                at,
                details);
    }

    JobEvent event() {
        return new JobEvent(id, new JobId(job), kind, userName, Moments.moment(at), new JsonText(details));
    }
}
