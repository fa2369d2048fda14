package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.Paging;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.backup.ObjectPath;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.key.KeyExpiry;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Orders to change many keys (manager API, section 4). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class BulkRoutes implements Routes {
    private static final int MOST_KEYS = 100_000;

    /** So many names of 512 bytes, each in quotes and some of it escaped. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(64);

    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final SystemAccess access;
    private final DryRun dryRun;

    BulkRoutes(Storage storage, Namespaces namespaces, Ordering ordering, SystemAccess access) {
        this.access = access;
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.dryRun = new DryRun(storage);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/keys/{ns}/bulk-delete", this::delete),
                Route.post("/api/keys/{ns}/bulk-copy", this::copy),
                Route.post("/api/keys/{ns}/bulk-r2-copy", this::copyToObjects),
                Route.post("/api/keys/{ns}/bulk-ttl", this::expire),
                Route.post("/api/metadata/{ns}/bulk-tag", this::tag));
    }

    private StreamReply delete(Call call) {
        return order(call, JobKind.BULK_DELETE, Action.KV_DELETE, (body, parameters) -> {
            // The keys are all that it needs.
        });
    }

    private StreamReply copy(Call call) {
        return order(call, JobKind.BULK_COPY, Action.KV_GET, (body, parameters) -> {
            var target = namespaces.require(call.grant(), text(body, "target_namespace_id"));
            Ordering.require(call, Action.KV_PUT, target);
            if (target.id().text().equals(call.variable("ns"))) {
                throw Problem.INVALID_ARGUMENT.refused("target_namespace_id must be another namespace");
            }
            parameters.put("target_namespace_id", target.id().text());
        });
    }

    /** For who may read all of the namespace: an object does not tell of which key it is, and takes the place of another. */
    private StreamReply copyToObjects(Call call) {
        return order(call, JobKind.R2_COPY, Action.KV_GET, (body, parameters) -> {
            call.caller()
                    .requireWhole(namespaces
                            .require(call.grant(), call.variable("ns"))
                            .title());
            var prefix = body.path("prefix").isMissingNode() ? "" : text(body, "prefix");
            parameters.put("prefix", ObjectPath.prefix(prefix));
        });
    }

    private StreamReply expire(Call call) {
        return order(call, JobKind.BULK_TTL, Action.KV_PUT, (body, parameters) -> {
            var seconds = body.path("expiration_ttl");
            if (!seconds.isIntegralNumber() || !seconds.canConvertToLong()) {
                throw Problem.INVALID_ARGUMENT.refused("expiration_ttl must be a whole number of seconds");
            }
            if (seconds.asLong() < KeyExpiry.LEAST_SECONDS) {
                throw Problem.TTL_TOO_SMALL.refused(
                        "expiration_ttl must be " + KeyExpiry.LEAST_SECONDS + " seconds or more");
            }
            parameters.put("expiration_ttl", seconds.asLong());
        });
    }

    private StreamReply tag(Call call) {
        return order(call, JobKind.BULK_TAG, Action.KEY_LABEL, (body, parameters) -> {
            var tags = Json.array();
            if (!body.has("tags")) {
                throw Problem.INVALID_ARGUMENT.refused("tags must be an array of texts");
            }
            Tags.parse(body.get("tags"), "tags").forEach(tag -> tags.add(tag.text()));
            var operation = body.path("operation");
            if (!operation.isMissingNode() && !operation.asText().matches("add|remove|replace")) {
                throw Problem.INVALID_ARGUMENT.refused("operation must be add, remove or replace");
            }
            parameters.put("operation", operation.asText("replace")).set("tags", tags);
        });
    }

    /** Reads what an operation needs beside its keys. */
    @FunctionalInterface
    private interface Reading {
        void read(JsonNode body, ObjectNode parameters);
    }

    private StreamReply order(Call call, JobKind kind, Action action, Reading reading) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        Ordering.require(call, action, namespace);
        var bytes = call.body(LONGEST);
        var body = Json.parse(bytes);
        if (!body.isObject() || body.has("keys") == body.has("filter")) {
            throw Problem.INVALID_ARGUMENT.refused("The body must be an object with either keys or filter");
        }
        var parameters = Ordering.parameters();
        reading.read(body, parameters);
        var dry = call.query().text("dry_run").filter("true"::equals).isPresent();
        var id = ordering.fresh(kind);
        if (body.has("filter")) {
            var selection = KeySelection.parse(body.get("filter"));
            if (dry) {
                return Replies.ok(
                        dryRun.of(call.grant(), namespace, selection, taking(call, kind, namespace, parameters)));
            }
            parameters.set("filter", body.get("filter"));
            var total = count(call, namespace, selection);
            return ordering.order(
                    call, new JobDesk.Wish(id, kind, namespace.id().text(), parameters, total));
        }
        var names = names(body.get("keys"));
        if (dry) {
            return Replies.ok(dryRun.of(call.grant(), namespace, names, taking(call, kind, namespace, parameters)));
        }
        ordering.keep(JobFiles.keys(id.text()), ListedKeys.file(names));
        return ordering.order(call, new JobDesk.Wish(id, kind, namespace.id().text(), parameters, names.size()));
    }

    private DryRun.Taking taking(Call call, JobKind kind, Namespace namespace, ObjectNode parameters) {
        return switch (kind) {
            case BULK_COPY -> {
                var target = namespaces.require(
                        call.grant(), parameters.path("target_namespace_id").asText());
                yield new Takings.OfNamespace(storage, call.grant(), target);
            }
            case R2_COPY ->
                new Takings.OfObjects(
                        access, namespace, parameters.path("prefix").asText());
            default -> DryRun.Taking.NOTHING;
        };
    }

    private long count(Call call, Namespace namespace, KeySelection selection) {
        return storage.keyCatalogue(call.grant())
                .search(new KeySearch(
                        selection.in(call.grant(), namespace.title()),
                        selection.filter(),
                        KeySearch.Order.NAME,
                        Paging.first(1)))
                .total();
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT, PAYLOAD_TOO_LARGE */
    static List<String> names(JsonNode given) {
        if (!given.isArray()) {
            throw Problem.INVALID_ARGUMENT.refused("keys must be an array of texts");
        }
        if (given.size() > MOST_KEYS) {
            throw Problem.PAYLOAD_TOO_LARGE.refused("keys must be " + MOST_KEYS + " or fewer");
        }
        var names = new ArrayList<String>(given.size());
        for (var name : given) {
            if (!name.isTextual()) {
                throw Problem.INVALID_ARGUMENT.refused("keys must be an array of texts");
            }
            names.add(name.asText());
        }
        return names;
    }

    private static String text(JsonNode body, String field) {
        if (!body.path(field).isTextual()) {
            throw Problem.INVALID_ARGUMENT.refused(field + " must be a text");
        }
        return body.get(field).asText();
    }
}
