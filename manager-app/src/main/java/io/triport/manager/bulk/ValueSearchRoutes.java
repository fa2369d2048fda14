package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.JobRoutes;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.search.ValueQuery;
import io.triport.manager.transfer.ContentStream;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Searches within values, which are jobs (manager API, section 8.6). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class ValueSearchRoutes implements Routes {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final int USUAL_MEBIBYTES = 256;
    private static final int MOST_MEBIBYTES = 102_400;
    private static final long MEBIBYTE = 1_048_576;

    /** What is about the answer, and not about the keys. */
    private static final Set<String> OF_THE_ORDER = Set.of("namespaceId", "namespace_id", "max_mebibytes");

    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final JobDesk desk;
    private final SystemAccess access;

    ValueSearchRoutes(Storage storage, Namespaces namespaces, Ordering ordering, JobDesk desk, SystemAccess access) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.desk = desk;
        this.access = access;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/search", this::search), Route.get("/api/jobs/{id}/results", this::results));
    }

    private StreamReply search(Call call) {
        var query = call.query();
        ValueQuery.of(query);
        var mebibytes = query.number("max_mebibytes", 1, MOST_MEBIBYTES, USUAL_MEBIBYTES);
        var spaces = spaces(
                call,
                query.text("namespaceId").or(() -> query.text("namespace_id")).orElse(""));
        var parameters = Json.object().put("max_bytes", mebibytes * MEBIBYTE);
        var ids = parameters.putArray("namespaces");
        spaces.forEach(namespace -> ids.add(namespace.id().text()));
        var search = parameters.putObject("search");
        query.parameters().forEach((name, value) -> {
            if (!OF_THE_ORDER.contains(name)) {
                search.put(name, value);
            }
        });
        var total = query.text("prefix").orElse("").isEmpty() ? count(call, spaces) : JobProgress.UNKNOWN;
        var place = spaces.size() == 1 ? spaces.getFirst().id().text() : "";
        var id = ordering.fresh(JobKind.VALUE_SEARCH);
        return ordering.order(call, new JobDesk.Wish(id, JobKind.VALUE_SEARCH, place, parameters, total));
    }

    /** One that is named, or all whose values the caller may read. */
    private List<Namespace> spaces(Call call, String id) {
        if (id.isEmpty()) {
            return namespaces.all(call.grant()).stream()
                    .filter(namespace -> reads(call, namespace))
                    .toList();
        }
        var namespace = namespaces.require(call.grant(), id);
        Ordering.require(call, Action.KV_LIST, namespace);
        Ordering.require(call, Action.KV_GET, namespace);
        return List.of(namespace);
    }

    private static boolean reads(Call call, Namespace namespace) {
        var title = namespace.title().text();
        return !call.grant().prefixes(Action.KV_LIST, title).isEmpty()
                && !call.grant().prefixes(Action.KV_GET, title).isEmpty();
    }

    private long count(Call call, List<Namespace> spaces) {
        return spaces.stream()
                .mapToLong(namespace -> storage.keyCatalogue(call.grant())
                        .totals(namespace.title())
                        .keys())
                .sum();
    }

    /** The search of a job, as it was ordered. */
    static ValueSearchWork.Order ordered(JsonNode parameters) {
        var search = new HashMap<String, String>();
        parameters
                .path("search")
                .properties()
                .forEach(one -> search.put(one.getKey(), one.getValue().asText()));
        var ids = new ArrayList<String>();
        parameters.path("namespaces").forEach(id -> ids.add(id.asText()));
        return new ValueSearchWork.Order(
                ValueQuery.of(new Query(search)),
                ids,
                parameters.path("max_bytes").asLong());
    }

    /** A page of what was found, in the order of namespaces and names. */
    private StreamReply results(Call call) {
        var job = desk.find(call.grant(), JobRoutes.id(call));
        if (!job.order().operation().equals(JobKind.VALUE_SEARCH.operation())) {
            throw Problem.EXPORT_NOT_FOUND.refused("The job is not a search");
        }
        if (!job.status().terminal()) {
            throw Problem.JOB_NOT_FINISHED.refused();
        }
        if (job.status() != JobStatus.COMPLETED) {
            throw Problem.EXPORT_NOT_FOUND.refused("The search did not come to its end");
        }
        var from = cursor(call.query());
        var limit = call.query().number("limit", 1, MOST, USUAL);
        var page = new AtomicReference<ObjectNode>(page());
        access.under((system, files) -> page.set(read(files, system, job, from, limit)));
        hide(call, page.get().withArray("results"));
        return Replies.ok(page.get());
    }

    /** Whoever has lost the right to a key since is not told of it any more. */
    private void hide(Call call, ArrayNode results) {
        var titles = new HashMap<String, String>();
        namespaces
                .all(call.grant())
                .forEach(one -> titles.put(one.id().text(), one.title().text()));
        for (var found = results.iterator(); found.hasNext(); ) {
            var line = found.next();
            var title = titles.get(line.path("namespace_id").asText());
            var key = Bytes.utf8(line.path("key_name").asText());
            if (title == null || !call.grant().permits(Action.KV_GET, new ResourceName(title, key))) {
                found.remove();
            }
        }
    }

    private static ObjectNode page() {
        return Json.object().set("results", Json.array());
    }

    private static long cursor(Query query) {
        var text = query.text("cursor").orElse("");
        if (!text.matches("[0-9]{0,15}")) {
            throw Fields.invalid("cursor", "the cursor of the page before");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static ObjectNode read(Storage files, Grant system, Job job, long from, int limit) {
        var file = ObjectRef.current(JobFiles.found(job.id()));
        var options = from == 0 ? ReadOptions.WHOLE : ReadOptions.of(new ByteRange.From(from));
        return switch (BulkWorks.files(files, system).get(file, options)) {
            case GetOutcome.Found found -> lines(found, from, limit);
            case GetOutcome.RangeRefused behind -> page();
            case GetOutcome other -> throw Problem.GONE.refused("What was found is not kept any more");
        };
    }

    private static ObjectNode lines(GetOutcome.Found found, long from, int limit) {
        var results = Json.array();
        var at = from;
        try (var lines =
                new BufferedReader(new InputStreamReader(new ContentStream(found.content()), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null && results.size() < limit; line = lines.readLine()) {
                results.add(Json.parse(line));
                at += Bytes.utf8(line).size() + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var page = page();
        page.set("results", results);
        return at < found.info().size() ? page.put("cursor", Long.toString(at)) : page;
    }
}
