package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.ExportFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** {@code /api/migrate}: keys, or all of them, to another namespace (manager API, section 7). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class MigrateRoutes implements Routes {
    private static final ByteSize LONGEST = ByteSize.ofMiB(64);

    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final Clock clock;

    MigrateRoutes(Storage storage, Namespaces namespaces, Ordering ordering, Clock clock) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/migrate/keys", call -> migrate(call, Scope.KEYS)),
                Route.post("/api/migrate/namespace", call -> migrate(call, Scope.NAMESPACE)));
    }

    private enum Scope {
        KEYS,
        NAMESPACE
    }

    private StreamReply migrate(Call call, Scope scope) {
        var bytes = call.body(LONGEST);
        var body = Json.parse(bytes);
        var source =
                namespaces.require(call.grant(), body.path("sourceNamespaceId").asText());
        var target =
                namespaces.require(call.grant(), body.path("targetNamespaceId").asText());
        if (source.equals(target)) {
            throw Problem.INVALID_ARGUMENT.refused("targetNamespaceId must be another namespace");
        }
        var cutover = body.path("cutoverMode").asText("copy");
        if (!cutover.matches("copy|copy_delete")) {
            throw Problem.INVALID_ARGUMENT.refused("cutoverMode must be copy or copy_delete");
        }
        Ordering.require(call, Action.KV_GET, source);
        Ordering.require(call, Action.KV_PUT, target);
        if (cutover.equals("copy_delete")) {
            Ordering.require(call, Action.KV_DELETE, source);
        }
        var id = ordering.fresh(JobKind.MIGRATE);
        var parameters = Json.object()
                .put("target_namespace_id", target.id().text())
                .put("cutover", cutover)
                .put("migrate_metadata", flag(body, "migrateMetadata", true))
                .put("preserve_ttl", flag(body, "preserveTTL", true));
        var all = storage.keyCatalogue(call.grant()).totals(source.title()).keys();
        var keys = all;
        if (scope == Scope.KEYS) {
            var names = BulkRoutes.names(body.path("keys"));
            keys = names.size();
            ordering.keep(JobFiles.keys(id.text()), ListedKeys.file(names));
        } else {
            parameters.set("filter", Json.object());
        }
        var backup = flag(body, "createBackup", false);
        if (backup) {
            call.caller().requireWhole(source.title());
            parameters.put("backup", new BackupPath(source.id().text(), clock.millis(), ExportFormat.NDJSON).text());
        }
        var wish = new JobDesk.Wish(id, JobKind.MIGRATE, source.id().text(), parameters, backup ? all + keys : keys);
        var told = ordering.told(call, wish);
        return Replies.json(
                200,
                Json.object()
                        .put("success", true)
                        .put("jobId", told.path("job_id").asText())
                        .put("status", told.path("status").asText())
                        .put("message", "The keys are on their way")
                        .put("totalKeys", keys));
    }

    private static boolean flag(JsonNode body, String field, boolean usual) {
        var given = body.path(field);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw Problem.INVALID_ARGUMENT.refused(field + " must be true or false");
        }
        return given.asBoolean(usual);
    }
}
