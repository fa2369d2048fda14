package io.triport.manager.cloudflare.r2;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.StorageClass;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.job.JobFiles;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/** Buckets by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class BucketApi implements Routes {
    /** The path of all buckets. */
    static final String ALL = Envelope.BASE + "accounts/{account}/r2/buckets";

    /** The path of one of them. */
    static final String ONE = ALL + "/{bucket}";

    static final String STORAGE_CLASS = "cf-r2-storage-class";

    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private final BucketShelf shelf;
    private final ManagerBuckets buckets;
    private final Storage storage;
    private final FreshId ids;
    private final Clock clock;

    BucketApi(BucketShelf shelf, ManagerBuckets buckets, Storage storage, FreshId ids, Clock clock) {
        this.shelf = shelf;
        this.buckets = buckets;
        this.storage = storage;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::find),
                Route.patch(ONE, this::change),
                Route.delete(ONE, this::drop));
    }

    /** A cursor is the last name of the page before, which is no secret to whoever may list. */
    private StreamReply list(Call call) {
        shelf.require(call);
        var query = call.query();
        var perPage = query.number("per_page", 1, MOST, USUAL);
        var part = query.text("name_contains").orElse("");
        var after = query.text("cursor").or(() -> query.text("start_after")).orElse("");
        var order = order(query.text("direction").orElse("asc"));
        if (!query.text("order").orElse("name").equals("name")) {
            throw Fields.invalid("order", "name");
        }
        var found = shelf.visible(call.grant()).stream()
                .filter(kept -> kept.id().contains(part))
                .filter(kept -> after.isEmpty() || order.compare(kept.id(), after) > 0)
                .sorted(Comparator.comparing(Kept::id, order))
                .toList();
        var page = found.subList(0, Math.min(perPage, found.size()));
        var result = Json.object();
        var shown = result.putArray("buckets");
        page.forEach(kept -> shown.add(kept.value().shown(new BucketName(kept.id()))));
        var info = Json.object().put("per_page", perPage);
        if (page.size() < found.size()) {
            info.put("cursor", page.getLast().id());
        }
        return Envelope.ok(result, info);
    }

    private static Comparator<String> order(String direction) {
        return switch (direction) {
            case "asc" -> Comparator.naturalOrder();
            case "desc" -> Comparator.reverseOrder();
            default -> throw Fields.invalid("direction", "asc or desc");
        };
    }

    private StreamReply create(Call call) {
        shelf.require(call);
        var fields = new Fields(call.json());
        var name = new BucketName(fields.required("name"));
        if (!call.grant().permits(Action.BUCKET_CREATE, ResourceName.container(name.text()))) {
            throw Problem.FORBIDDEN.refused();
        }
        if (name.equals(JobFiles.BUCKET)) {
            throw Problem.BUCKET_TAKEN.refused();
        }
        var bucket = new Bucket(
                ids.any(),
                Moments.text(clock.instant()),
                fields.text("locationHint").map(Bucket::location).orElse(""),
                fields.text("storageClass").map(Bucket::named).orElse(StorageClass.STANDARD));
        author(call).together(storage, unit -> {
            if (shelf.all().within(unit).add(call.grant(), name.text(), bucket).isEmpty()) {
                throw Problem.BUCKET_TAKEN.refused();
            }
            return tell(unit, call, "create_bucket", name);
        });
        return Envelope.ok(bucket.shown(name));
    }

    private StreamReply find(Call call) {
        var name = shelf.name(call);
        return Envelope.ok(shelf.require(call.grant(), name, Action.BUCKET_GET_CONFIG)
                .value()
                .shown(name));
    }

    /** The storage class of objects that are written from now on. */
    private StreamReply change(Call call) {
        var name = shelf.name(call);
        shelf.require(call.grant(), name, Action.BUCKET_PUT_CONFIG);
        var objects = call.fetch()
                .headers()
                .only(STORAGE_CLASS)
                .map(Bucket::named)
                .orElseThrow(() -> Fields.invalid(STORAGE_CLASS, "there"));
        var changed = author(call).together(storage, unit -> {
            var kept = shelf.all().within(unit).change(call.grant(), name.text(), bucket -> bucket.with(objects));
            tell(unit, call, "change_bucket", name);
            return kept;
        });
        return Envelope.ok(changed.value().shown(name));
    }

    private StreamReply drop(Call call) {
        var name = shelf.name(call);
        shelf.require(call.grant(), name, Action.BUCKET_DELETE);
        var ending = storage.endBucket(call.grant(), name, ObjectStores.Place.SHARED, () -> unbound(call, name));
        switch (ending) {
            case ENDED -> {}
            case NOT_EMPTY -> throw Problem.BUCKET_NOT_EMPTY.refused();
            case STAYS -> throw Problem.BUCKET_NOT_FOUND.refused();
        }
        return Envelope.ok(Json.object());
    }

    /** Whether this call was the one that took the name away. */
    private boolean unbound(Call call, BucketName name) {
        var removed = author(call).together(storage, unit -> {
            var present = shelf.all().within(unit).remove(call.grant(), name.text());
            if (present) {
                tell(unit, call, "delete_bucket", name);
            }
            return present;
        });
        buckets.gone(name);
        return removed;
    }

    private static Author author(Call call) {
        return Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
    }

    private AuditEntry tell(Storage unit, Call call, String operation, BucketName name) {
        var details = Json.object().put("name", name.text()).toString();
        return author(call).tell(unit, operation, AuditPlace.NONE, clock.instant(), new JsonText(details));
    }
}
