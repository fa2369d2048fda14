package io.triport.manager;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Scheduled;
import io.triport.domain.schedule.Cron;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.launch.OnCron;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.JobSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lets go each day of what is older than it has to be.
 *
 * @param audit how long entries of the audit are kept
 * @param jobs how long ended jobs are kept
 */
record Keeping(Duration audit, Duration jobs) {
    private static final int AT_ONCE = 500;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** A day that was missed is made up for. */
    private static final OnCron.Missed MADE_UP_FOR = new OnCron.Missed.Since(Instant.EPOCH);

    /** @param manager the section {@code triport.manager} */
    static Keeping read(Section manager, JobSettings jobs) {
        var kept = manager.value(
                "audit-kept", Value.duration(DAY, LONGEST), "3650d", "How long entries of the audit are kept.");
        return new Keeping(kept, jobs.kept());
    }

    OnCron cron() {
        return new OnCron(
                ManagerTask.KEEPING.taskName(),
                ManagerTask.KEEPING,
                Cron.parse("17 3 * * *"),
                ZoneOffset.UTC,
                MADE_UP_FOR,
                this::run);
    }

    private void run(Scheduled tick, Grant grant, Storage storage) {
        var now = tick.receivedAt();
        var entries = untilFew(() -> storage.auditTrail(grant).forget(now.minus(audit), AT_ONCE));
        var ended = untilFew(() -> storage.jobLedger(grant).forget(now.minus(jobs), AT_ONCE));
        if (entries + ended > 0) {
            storage.auditTrail(grant)
                    .append(List.of(new AuditEntry(
                            AuditPlace.NONE,
                            JobKind.RETENTION.operation(),
                            "task:" + tick.task(),
                            AuditEntry.Source.SCHEDULE,
                            grant.request(),
                            now,
                            new JsonText(Json.object()
                                    .put("audit", entries)
                                    .put("jobs", ended)
                                    .toString()))));
        }
    }

    /** Until a batch is not full: what is left was not old when the task fell due. */
    private static long untilFew(IntSupplier lettingGo) {
        var gone = 0L;
        while (!Thread.currentThread().isInterrupted()) {
            var some = lettingGo.getAsInt();
            gone += some;
            if (some < AT_ONCE) {
                break;
            }
        }
        return gone;
    }
}
