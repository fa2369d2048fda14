package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobProgress;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupStore;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.ExportFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code /api/r2-backup} and {@code /api/r2-restore}: namespaces as files on the object store (manager API, section 7). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class BackupRoutes implements Routes {
    private static final int MOST_NAMESPACES = 100;

    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final SystemAccess access;
    private final Clock clock;

    BackupRoutes(Storage storage, Namespaces namespaces, Ordering ordering, SystemAccess access, Clock clock) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/r2-backup/batch", this::backupAll),
                Route.post("/api/r2-backup/{ns}", this::backup),
                Route.get("/api/r2-backup/{ns}/list", this::list),
                Route.post("/api/r2-restore/batch", this::restoreAll),
                Route.post("/api/r2-restore/{ns}", this::restore));
    }

    private StreamReply backup(Call call) {
        var namespace = readable(call, call.variable("ns"));
        return backup(
                call, JobKind.R2_BACKUP, List.of(namespace), namespace.id().text());
    }

    private StreamReply backupAll(Call call) {
        var ids = call.json().path("namespace_ids");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MOST_NAMESPACES) {
            throw Problem.INVALID_ARGUMENT.refused("namespace_ids must be 1.." + MOST_NAMESPACES + " ids");
        }
        var named = new LinkedHashSet<String>();
        ids.forEach(id -> named.add(id.asText()));
        return backup(
                call,
                JobKind.R2_BATCH_BACKUP,
                named.stream().map(id -> readable(call, id)).toList(),
                "");
    }

    private StreamReply backup(Call call, JobKind kind, List<Namespace> which, String place) {
        var format = ExportFormat.named(call.query().text("format").orElse("json"))
                .orElseThrow(() -> Problem.INVALID_ARGUMENT.refused("format must be json or ndjson"));
        var total = 0L;
        var stages = Json.array();
        for (var namespace : which) {
            total +=
                    storage.keyCatalogue(call.grant()).totals(namespace.title()).keys();
            var path = new BackupPath(namespace.id().text(), clock.millis(), format);
            stages.add(Json.object().put("namespace", path.namespace()).put("path", path.text()));
        }
        return order(call, kind, place, stages, total);
    }

    private StreamReply list(Call call) {
        var namespace = readable(call, call.variable("ns"));
        var all = Json.array();
        access.under((system, files) -> {
            var backups = new BackupStore(BulkWorks.files(files, system));
            for (var kept : backups.list(namespace.id().text())) {
                var one = all.addObject()
                        .put("path", kept.path().text())
                        .put("timestamp", kept.path().millis())
                        .put("size", kept.info().size())
                        .put("uploaded", Moments.text(kept.info().modified()));
                backups.manifest(kept.path())
                        .ifPresent(
                                manifest -> one.put("items", manifest.items()).put("sha256", manifest.sha256()));
            }
        });
        return Replies.ok(all);
    }

    private StreamReply restore(Call call) {
        var namespace = writable(call, call.variable("ns"));
        var stages = Json.array().add(stage(call, namespace, call.json().path("backupPath")));
        return order(call, JobKind.R2_RESTORE, namespace.id().text(), stages, JobProgress.UNKNOWN);
    }

    private StreamReply restoreAll(Call call) {
        var map = call.json().path("restore_map");
        if (!map.isObject() || map.isEmpty() || map.size() > MOST_NAMESPACES) {
            throw Problem.INVALID_ARGUMENT.refused("restore_map must have 1.." + MOST_NAMESPACES + " paths by ids");
        }
        var stages = Json.array();
        for (var one : map.properties()) {
            stages.add(stage(call, writable(call, one.getKey()), one.getValue()));
        }
        return order(call, JobKind.R2_BATCH_RESTORE, "", stages, JobProgress.UNKNOWN);
    }

    /** A backup that may be read, of whichever namespace it is. */
    private JsonNode stage(Call call, Namespace target, JsonNode given) {
        if (!given.isTextual()) {
            throw Problem.INVALID_ARGUMENT.refused("backupPath must be a text");
        }
        var path = BackupPath.parse(given.asText());
        readable(call, path.namespace());
        var there = new AtomicBoolean();
        access.under((system, files) -> there.set(new BackupStore(BulkWorks.files(files, system)).has(path)));
        if (!there.get()) {
            throw Problem.BACKUP_NOT_FOUND.refused("There is no such backup");
        }
        return Json.object().put("namespace", target.id().text()).put("path", path.text());
    }

    private StreamReply order(Call call, JobKind kind, String namespace, ArrayNode stages, long total) {
        var parameters = Json.object();
        parameters.set("stages", stages);
        var wish = new JobDesk.Wish(ordering.fresh(kind), kind, namespace, parameters, total);
        return ordering.order(call, wish);
    }

    private Namespace readable(Call call, String id) {
        var namespace = namespaces.require(call.grant(), id);
        Ordering.require(call, Action.KV_GET, namespace);
        call.caller().requireWhole(namespace.title());
        return namespace;
    }

    private Namespace writable(Call call, String id) {
        var namespace = namespaces.require(call.grant(), id);
        Ordering.require(call, Action.KV_PUT, namespace);
        return namespace;
    }
}
