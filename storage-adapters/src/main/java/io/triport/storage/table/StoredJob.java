package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.storage.jdbc.BytesConverter;
import io.triport.storage.jdbc.Moments;
import io.triport.storage.jdbc.Sql;
import java.util.Locale;

/** A row of job. */
@MappedEntity("job")
record StoredJob(
        @Id String id,
        String operation,
        String namespace,
        String owner,
        String userName,
        String parameters,
        String status,
        long total,
        long processed,
        long errors,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes currentKey,

        String checkpoint,
        long percentage,
        long queuedAt,
        long startedAt,
        long beganAt,
        long endedAt,
        long cancelling,
        String outcome,
        long revision) {
    static StoredJob of(Job job) {
        var order = job.order();
        var progress = job.progress();
        return new StoredJob(
                order.id().text(),
                order.operation(),
                order.namespace(),
                order.owner(),
                order.user(),
                order.parameters().text(),
                job.status().text(),
                progress.total(),
                progress.processed(),
                progress.errors(),
                Bytes.utf8(progress.currentKey()),
                progress.checkpoint().text(),
                job.percentage(),
                Moments.millis(job.queued()),
                Moments.millis(job.started()),
                Moments.millis(job.began()),
                Moments.millis(job.ended()),
                job.cancelling() ? 1 : 0,
                job.outcome().text(),
                job.revision());
    }

    /** Adds it unless the id is taken. */
    Sql insert() {
        return Sql.of("insert into job (id, operation, namespace, owner, user_name, parameters, queued_at, status,"
                        + " total, processed, errors, current_key, checkpoint, percentage, started_at, began_at,"
                        + " ended_at, cancelling, outcome, revision) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing")
                .with(id, operation, namespace, owner, userName, parameters, queuedAt)
                .with(state());
    }

    /** Replaces what changes of the row of the revision before, unless it is at its end. */
    Sql update() {
        return Sql.of("update job set status = ?, total = ?, processed = ?, errors = ?, current_key = ?, checkpoint"
                        + " = ?, percentage = ?, started_at = ?, began_at = ?, ended_at = ?, cancelling = ?,"
                        + " outcome = ?, revision = ? where id = ? and revision = ? and status in ('queued',"
                        + " 'running')")
                .with(state())
                .with(id, revision - 1);
    }

    private Object[] state() {
        return new Object[] {
            status,
            total,
            processed,
            errors,
            currentKey,
            checkpoint,
            percentage,
            startedAt,
            beganAt,
            endedAt,
            cancelling,
            outcome,
            revision
        };
    }

    Job job() {
        var order = new JobOrder(new JobId(id), operation, namespace, owner, userName, new JsonText(parameters));
        var progress = new JobProgress(total, processed, errors, currentKey.toUtf8(), new JsonText(checkpoint));
        return new Job(
                order,
                JobStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                progress,
                Moments.moment(queuedAt),
                Moments.moment(startedAt),
                Moments.moment(endedAt),
                cancelling != 0,
                new JsonText(outcome),
                revision);
    }
}
