package io.triport.manager.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.manager.answer.Json;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happened to all who listen. To be told after the change was committed, and not within {@code Storage.together}:
 * listeners write on their own. A listener that fails keeps nobody from hearing, and fails nothing. Safe for many threads.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");

    private final List<EventListener> listeners;
    private final Clock clock;

    Events(List<EventListener> listeners, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** A key has come to be, was overwritten or deleted. */
    public void key(EventKind kind, Namespace namespace, KvKey key, String user) {
        publish(
                kind,
                Json.object()
                        .put("namespace_id", namespace.id().text())
                        .put("namespace_title", namespace.title().text())
                        .put("key_name", key.text())
                        .put("user_email", user));
    }

    /** Many keys were written or deleted by one request. */
    public void bulk(EventKind kind, String operation, Namespace namespace, String user, BulkOutcome outcome) {
        publish(
                kind,
                Json.object()
                        .put("namespace_id", namespace.id().text())
                        .put("namespace_title", namespace.title().text())
                        .put("operation_type", operation)
                        .put("user_email", user)
                        .put("processed", outcome.done())
                        .put("errors", outcome.failed().size()));
    }

    /** A job is at its end. Of one that was cancelled nobody hears. */
    public void ended(Job job) {
        if (job.status() == JobStatus.CANCELLED) {
            return;
        }
        listeners.forEach(listener -> tell(listener, job.order().operation(), () -> listener.ended(job)));
        kind(job).ifPresent(kind -> publish(kind, told(job)));
    }

    /** Anything else. */
    public void publish(EventKind kind, ObjectNode data) {
        var event = new Event(kind, clock.instant(), data);
        listeners.forEach(listener -> tell(listener, kind.text(), () -> listener.happened(event)));
    }

    private static void tell(EventListener listener, String what, Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("event", what)
                    .addKeyValue("listener", listener.getClass().getSimpleName())
                    .setCause(e)
                    .log("event not taken");
        }
    }

    private static Optional<EventKind> kind(Job job) {
        if (job.status() == JobStatus.FAILED) {
            return Optional.of(EventKind.JOB_FAILED);
        }
        if (job.status() != JobStatus.COMPLETED) {
            return Optional.empty();
        }
        return switch (job.order().operation()) {
            case "bulk_delete" -> Optional.of(EventKind.BULK_DELETE_COMPLETE);
            case "bulk_copy" -> Optional.of(EventKind.BULK_COPY_COMPLETE);
            case "bulk_ttl_update" -> Optional.of(EventKind.BULK_TTL_COMPLETE);
            case "bulk_tag" -> Optional.of(EventKind.BULK_TAG_COMPLETE);
            case "import" -> Optional.of(EventKind.IMPORT_COMPLETE);
            case "export" -> Optional.of(EventKind.EXPORT_COMPLETE);
            case "r2_copy", "migrate" -> Optional.of(EventKind.BULK_COPY_COMPLETE);
            case "r2_backup" -> Optional.of(EventKind.BACKUP_COMPLETE);
            case "r2_restore" -> Optional.of(EventKind.RESTORE_COMPLETE);
            case "batch_r2_backup", "batch_r2_restore" -> Optional.of(EventKind.BATCH_COMPLETE);
            default -> Optional.empty();
        };
    }

    private static ObjectNode told(Job job) {
        var data = Json.object()
                .put("job_id", job.id().text())
                .put("namespace_id", job.order().namespace())
                .put("operation_type", job.order().operation())
                .put("user_email", job.order().user())
                .put("processed", job.progress().processed())
                .put("errors", job.progress().errors());
        if (job.status() == JobStatus.FAILED && !job.outcome().isNone()) {
            data.set("outcome", Json.parse(job.outcome().text()));
        }
        return data;
    }
}
