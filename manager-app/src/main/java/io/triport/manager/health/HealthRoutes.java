package io.triport.manager.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobPage;
import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.Paging;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.alert.OpenAlerts;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Replies;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupStore;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.NamespaceColor;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /api/health} and {@code /api/migrations} (manager API, section 7), as the front ends read them: the first without an
 * envelope. Jobs are the caller's own, or everybody's for an admin.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class HealthRoutes implements Routes {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_FAILED = 10;

    /** Of the documents and tables that this version writes; a store of an older one is brought up to it before the app is ready. */
    private static final int FORMAT = 1;

    private final Namespaces namespaces;
    private final OpenAlerts alerts;
    private final Storage storage;
    private final SystemAccess access;
    private final Clock clock;

    HealthRoutes(Namespaces namespaces, OpenAlerts alerts, Storage storage, SystemAccess access, Clock clock) {
        this.access = access;
        this.namespaces = namespaces;
        this.alerts = alerts;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/health", this::health),
                Route.get("/api/migrations/status", this::migrations),
                Route.post("/api/migrations/apply", this::migrate));
    }

    private StreamReply health(Call call) {
        var health = Json.object();
        spaces(call.grant(), health);
        backups(call, health);
        jobs(call.grant(), health);
        // Each live key has its row, by whatever way it was written.
        health.set("lowMetadataNamespaces", Json.array());
        health.putObject("monitoring")
                .put(
                        "activeBreaches",
                        alerts.breaches(call.grant(), id -> namespaces.whole(call.caller(), call.grant(), id)));
        return Replies.json(200, health);
    }

    private void spaces(Grant grant, ObjectNode health) {
        var all = namespaces.all(grant);
        var settings = storage.settings(grant);
        var tracked = 0L;
        var filled = 0;
        for (var namespace : all) {
            var keys = storage.keyCatalogue(grant).totals(namespace.title()).keys();
            tracked += keys;
            filled += keys > 0 ? 1 : 0;
        }
        health.putObject("namespaces")
                .put("total", all.size())
                .put(
                        "withColors",
                        all.stream()
                                .filter(one ->
                                        NamespaceColor.of(settings, one.id()).isPresent())
                                .count())
                .put("withMetadata", filled);
        health.putObject("keys").put("totalTracked", tracked).put("orphanedMetadata", 0);
    }

    /** Of the namespaces all of whose keys the caller may know, as they lie on the object store. */
    private void backups(Call call, ObjectNode health) {
        var whole = namespaces.all(call.grant()).stream()
                .filter(one -> call.caller().rights().whole(one.title()))
                .map(one -> one.id().text())
                .collect(Collectors.toSet());
        var kept = new ArrayList<BackupPath>();
        access.under((system, files) -> new BackupStore(files.objects(system, JobFiles.BUCKET))
                .all().stream().filter(path -> whole.contains(path.namespace())).forEach(kept::add));
        var last = kept.stream().map(BackupPath::millis).max(Comparator.naturalOrder());
        health.putObject("storage")
                .put(
                        "backupCoverage",
                        kept.stream().map(BackupPath::namespace).distinct().count())
                .put("totalBackups", kept.size())
                .put(
                        "lastBackupDate",
                        last.map(Instant::ofEpochMilli).map(Moments::text).orElse(null));
    }

    private void jobs(Grant grant, ObjectNode health) {
        var now = clock.instant();
        var failed = Set.of(JobStatus.FAILED);
        var recent = page(grant, failed, now.minus(WEEK), MOST_FAILED);
        health.putObject("recentJobs")
                .put("last24h", page(grant, Set.of(), now.minus(DAY), 1).total())
                .put("last7d", page(grant, Set.of(), now.minus(WEEK), 1).total())
                .put("failedLast24h", page(grant, failed, now.minus(DAY), 1).total());
        health.set("recentFailedJobs", shown(recent.jobs()));
    }

    private JobPage page(Grant grant, Set<JobStatus> statuses, Instant from, int limit) {
        return storage.jobLedger(grant).page(query(statuses, from, limit));
    }

    private static JobQuery query(Set<JobStatus> statuses, Instant from, int limit) {
        return new JobQuery(
                "",
                "",
                statuses,
                "",
                "",
                "",
                from,
                Instant.MAX,
                0,
                JobQuery.Order.STARTED,
                JobQuery.Direction.DESCENDING,
                Paging.first(limit));
    }

    private static ArrayNode shown(List<Job> jobs) {
        var all = Json.array();
        for (var job : jobs) {
            all.add(Json.object()
                    .put("jobId", job.id().text())
                    .put("namespaceId", job.order().namespace())
                    .put("operationType", job.order().operation())
                    .put("errorCount", job.progress().errors())
                    .put("completedAt", Moments.text(job.ended())));
        }
        return all;
    }

    private StreamReply migrations(Call call) {
        return Replies.ok(status());
    }

    /** There is never anything to do: a store is brought up to date before the app is ready. */
    private StreamReply migrate(Call call) {
        call.caller().requireAdmin();
        return Replies.ok(
                status().put("success", true).put("migrationsApplied", 0).set("errors", Json.array()));
    }

    private static ObjectNode status() {
        var status = Json.object().put("currentVersion", FORMAT).put("latestVersion", FORMAT);
        status.set("pendingMigrations", Json.array());
        status.set("appliedMigrations", Json.array());
        return status.put("isUpToDate", true);
    }
}
