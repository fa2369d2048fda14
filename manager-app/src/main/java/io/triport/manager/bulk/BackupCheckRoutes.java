package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.backup.BackupManifest;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupRetention;
import io.triport.manager.backup.BackupStore;
import io.triport.manager.backup.BackupVerdict;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.ImportInvalid;
import io.triport.manager.transfer.ImportSpool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What a backup is worth, what its restore would do, and how long it is kept (manager API, section 8.4). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class BackupCheckRoutes implements Routes {
    private static final String RETENTION = "/api/r2-backup/{ns}/retention";

    private final Storage storage;
    private final Namespaces namespaces;
    private final SystemAccess access;
    private final ImportSpool spool;
    private final ImportPreview preview;

    BackupCheckRoutes(
            Storage storage, Namespaces namespaces, SystemAccess access, ImportSpool spool, ImportPreview preview) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.access = access;
        this.spool = spool;
        this.preview = preview;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/r2-backup/{ns}/verify", this::verify),
                Route.post("/api/r2-restore/{ns}/preview", this::preview),
                Route.get(RETENTION, this::retention),
                Route.put(RETENTION, this::keep));
    }

    private StreamReply verify(Call call) {
        var path = readable(call);
        var verdict = new AtomicReference<BackupVerdict>(new BackupVerdict.Missing());
        access.under((system, files) -> verdict.set(new BackupStore(BulkWorks.files(files, system)).verify(path)));
        var told = Json.object().put("path", path.text());
        return Replies.ok(
                switch (verdict.get()) {
                    case BackupVerdict.Missing missing ->
                        throw Problem.BACKUP_NOT_FOUND.refused("There is no such backup");
                    case BackupVerdict.Sound(var manifest) -> written(told.put("valid", true), manifest);
                    case BackupVerdict.Changed(var manifest, var size, var sha256) ->
                        written(told.put("valid", false).put("reason", "changed"), manifest)
                                .put("found_size", size)
                                .put("found_sha256", sha256);
                    case BackupVerdict.Unsealed(var size, var sha256) ->
                        told.put("valid", false)
                                .put("reason", "no_manifest")
                                .put("found_size", size)
                                .put("found_sha256", sha256);
                });
    }

    private static ObjectNode written(ObjectNode told, BackupManifest manifest) {
        return told.put("items", manifest.items())
                .put("size", manifest.size())
                .put("sha256", manifest.sha256())
                .put("created", Moments.text(manifest.created()));
    }

    private StreamReply preview(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        Ordering.require(call, Action.KV_LIST, namespace);
        var path = readable(call);
        var told = new AtomicReference<ObjectNode>();
        access.under((system, files) -> {
            var bucket = BulkWorks.files(files, system);
            var backups = new BackupStore(bucket);
            if (!backups.has(path)) {
                throw Problem.BACKUP_NOT_FOUND.refused("There is no such backup");
            }
            try (var rows = spool.open(bucket, path.key())) {
                told.set(preview.of(call.grant(), namespace, ImportWork.Collision.OVERWRITE, rows)
                        .put("path", path.text())
                        .put("valid", backups.verify(path) instanceof BackupVerdict.Sound));
            } catch (ImportInvalid e) {
                throw Problem.IMPORT_INVALID.refused("The backup cannot be read: line " + e.line());
            }
        });
        return Replies.ok(told.get());
    }

    private StreamReply retention(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().requireWhole(namespace.title());
        return Replies.ok(BackupRetention.of(
                        storage.settings(call.grant()), namespace.id().text())
                .json());
    }

    /** Who sets it decides what is removed, so it is for admins of the namespace. */
    private StreamReply keep(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().requireAdmin(namespace.title());
        var retention = BackupRetention.read(new Fields(call.json()));
        call.effect().together(storage, unit -> {
            retention.keep(unit.settings(call.grant()), namespace.id().text());
            return retention;
        });
        return Replies.ok(retention.json());
    }

    /** The backup that the body names, of a namespace all of which the caller may read. */
    private BackupPath readable(Call call) {
        var given = call.json().path("backupPath");
        if (!given.isTextual()) {
            throw Problem.INVALID_ARGUMENT.refused("backupPath must be a text");
        }
        var path = BackupPath.parse(given.asText());
        Namespace whose = namespaces.require(call.grant(), path.namespace());
        Ordering.require(call, Action.KV_GET, whose);
        call.caller().requireWhole(whose.title());
        return path;
    }
}
