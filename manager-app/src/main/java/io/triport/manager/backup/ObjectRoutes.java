package io.triport.manager.backup;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /api/r2-objects}: values that were copied to the object store (manager API, section 8.4). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ObjectRoutes implements Routes {
    private static final int MOST = 1_000;

    private final Namespaces namespaces;
    private final SystemAccess access;
    private final Storage storage;

    ObjectRoutes(Namespaces namespaces, SystemAccess access, Storage storage) {
        this.namespaces = namespaces;
        this.access = access;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/r2-objects/{ns}", this::list),
                Route.get("/api/r2-objects/{ns}/{path...}", this::read),
                Route.delete("/api/r2-objects/{ns}/{path...}", this::delete));
    }

    private StreamReply list(Call call) {
        var folder = folder(call, Action.KV_GET);
        var prefix = folder + call.query().text("prefix").orElse("");
        var limit = call.query().number("limit", 1, MOST, MOST);
        var after = call.query().text("after").orElse("");
        var listed = Json.array();
        var result = Json.object();
        access.under((system, files) -> {
            var query = ObjectQuery.of(prefix).limitedTo(limit);
            var page = files.objects(system, JobFiles.BUCKET)
                    .list(after.isEmpty() ? query : query.from(new ListStart.After(Bytes.utf8(folder + after), null)));
            for (var entry : page.entries()) {
                if (entry instanceof Listed.Item item) {
                    listed.addObject()
                            .put("path", item.info().key().text().substring(folder.length()))
                            .put("size", item.info().size())
                            .put("uploaded", Moments.text(item.info().modified()));
                }
            }
            result.put("list_complete", !(page instanceof ObjectPage.More));
        });
        result.set("objects", listed);
        return Replies.ok(result);
    }

    private StreamReply read(Call call) {
        var key = key(call, Action.KV_GET);
        var outcome = new AtomicReference<GetOutcome>(new GetOutcome.Missing());
        access.under((system, files) ->
                outcome.set(files.objects(system, JobFiles.BUCKET).get(ObjectRef.current(key), ReadOptions.WHOLE)));
        if (!(outcome.get() instanceof GetOutcome.Found found)) {
            throw Problem.NOT_FOUND.refused("There is no such object");
        }
        return StreamReply.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("Content-Disposition", "attachment")
                .with("Cache-Control", "no-store")
                .with("ETag", "\"" + found.info().etag() + "\"")
                .with(found.content())
                .ofLength(found.info().size());
    }

    private StreamReply delete(Call call) {
        var key = key(call, Action.KV_DELETE);
        access.under((system, files) ->
                files.objects(system, JobFiles.BUCKET).delete(List.of(ObjectRef.current(key)), Conditions.NONE));
        // No unit reaches the object store, and an object that is gone can be deleted again.
        call.effect().note(storage);
        return Replies.done();
    }

    private ObjectKey key(Call call, Action action) {
        return ObjectKey.of(folder(call, action) + call.variable("path"));
    }

    /** For who may do it with every key of the namespace: an object does not tell of which key it is. */
    private String folder(Call call, Action action) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().requireWhole(namespace.title());
        if (action == Action.KV_DELETE) {
            call.caller().requireOpen(namespace.title());
        }
        if (!call.grant().prefixes(action, namespace.title().text()).contains(KeyPrefix.EVERY)) {
            throw Problem.FORBIDDEN.refused();
        }
        return ObjectPath.folder(namespace.id().text());
    }
}
