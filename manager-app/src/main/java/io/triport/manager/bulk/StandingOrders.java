package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.Paging;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.DownloadRoutes;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobKind;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.transfer.ExportFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** Jobs that can be ordered again and again by the same words (manager API, section 8.2). Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class StandingOrders {
    private static final int MOST_NAMESPACES = 100;

    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final Clock clock;

    StandingOrders(Storage storage, Namespaces namespaces, Ordering ordering, Clock clock) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.clock = clock;
    }

    /** Who orders. @param grant what he may do, at this moment */
    public record Orderer(Grant grant, Caller caller) {}

    /**
     * The job as it is to be ordered now.
     *
     * @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for words that mean nothing, and whatever the route of the job
     *     would refuse
     */
    public JobDesk.Wish wish(Orderer by, JobKind kind, ObjectNode params) {
        var fields = new Fields(params);
        return switch (kind) {
            case EXPORT -> {
                known(params, Set.of("namespace_id", "format"));
                var namespace = namespace(by, fields, Action.KV_GET);
                var parameters = DownloadRoutes.readable(by.grant(), namespace.title())
                        .put("format", format(fields).text());
                yield wish(kind, namespace.id().text(), parameters, keys(by, namespace));
            }
            case R2_BACKUP -> backup(by, params, fields);
            case BULK_DELETE -> {
                known(params, Set.of("namespace_id", "filter"));
                var namespace = namespace(by, fields, Action.KV_DELETE);
                var filter = fields.any("filter").orElseThrow(() -> Fields.invalid("filter", "an object"));
                var selection = KeySelection.parse(filter);
                var total = storage.keyCatalogue(by.grant())
                        .search(new KeySearch(
                                selection.in(by.grant(), namespace.title()),
                                selection.filter(),
                                KeySearch.Order.NAME,
                                Paging.first(1)))
                        .total();
                yield wish(kind, namespace.id().text(), Json.object().set("filter", filter), total);
            }
            case RETENTION -> {
                known(params, Set.of("audit_days", "jobs_days", "backups_days", "backups_keep"));
                by.caller().requireAdmin();
                RetentionWork.Rules.read(params);
                yield wish(kind, "", params.deepCopy(), JobProgress.UNKNOWN);
            }
            case INDEX_CHECK -> {
                known(params, Set.of("namespace_id"));
                var namespace = namespace(by, fields, Action.KV_GET);
                by.caller().requireWhole(namespace.title());
                yield wish(kind, namespace.id().text(), Json.object(), keys(by, namespace));
            }
            default -> throw Fields.invalid("job.type", "export, r2_backup, bulk_delete, retention or index_check");
        };
    }

    private JobDesk.Wish backup(Orderer by, ObjectNode params, Fields fields) {
        known(params, Set.of("namespace_id", "namespace_ids", "format"));
        if (fields.any("namespace_id").isPresent()
                == fields.any("namespace_ids").isPresent()) {
            throw Fields.invalid("namespace_id", "there, or namespace_ids, and not both");
        }
        var which = new ArrayList<Namespace>();
        if (fields.any("namespace_id").isPresent()) {
            which.add(namespace(by, fields, Action.KV_GET));
        } else {
            var ids = new LinkedHashSet<>(fields.texts("namespace_ids"));
            if (ids.isEmpty() || ids.size() > MOST_NAMESPACES) {
                throw Fields.invalid("namespace_ids", "1.." + MOST_NAMESPACES + " ids");
            }
            ids.forEach(id -> which.add(namespace(by, id, Action.KV_GET)));
        }
        var total = 0L;
        var stages = Json.array();
        for (var namespace : which) {
            by.caller().requireWhole(namespace.title());
            total += keys(by, namespace);
            var path = new BackupPath(namespace.id().text(), clock.millis(), format(fields));
            stages.add(Json.object().put("namespace", path.namespace()).put("path", path.text()));
        }
        var one = fields.any("namespace_id").isPresent();
        return wish(
                one ? JobKind.R2_BACKUP : JobKind.R2_BATCH_BACKUP,
                one ? which.getFirst().id().text() : "",
                Json.object().set("stages", stages),
                total);
    }

    private JobDesk.Wish wish(JobKind kind, String namespace, ObjectNode parameters, long total) {
        return new JobDesk.Wish(ordering.fresh(kind), kind, namespace, parameters, total);
    }

    private Namespace namespace(Orderer by, Fields fields, Action action) {
        return namespace(by, fields.required("namespace_id"), action);
    }

    private Namespace namespace(Orderer by, String id, Action action) {
        var namespace = namespaces.require(by.grant(), id);
        Ordering.require(by.grant(), by.caller(), action, namespace);
        return namespace;
    }

    private long keys(Orderer by, Namespace namespace) {
        return storage.keyCatalogue(by.grant()).totals(namespace.title()).keys();
    }

    private static ExportFormat format(Fields fields) {
        return ExportFormat.named(fields.text("format").orElse("json"))
                .orElseThrow(() -> Fields.invalid("format", "json or ndjson"));
    }

    /** A member that nobody reads would be taken for one that counts. */
    private static void known(ObjectNode params, Set<String> names) {
        params.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw Problem.INVALID_ARGUMENT.refused("job.params has no member of this name: " + name);
            }
        });
    }
}
