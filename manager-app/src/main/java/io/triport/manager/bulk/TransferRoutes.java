package io.triport.manager.bulk;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobId;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import io.triport.manager.job.DownloadRoutes;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.JobSettings;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.ExportFormat;
import io.triport.manager.transfer.ImportInvalid;
import io.triport.manager.transfer.ImportSpool;
import io.triport.manager.transfer.ImportSummary;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Orders to write keys to files and to read them from files (manager API, sections 4, 5 and 8.8). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class TransferRoutes implements Routes {
    private final Storage storage;
    private final Namespaces namespaces;
    private final Ordering ordering;
    private final ImportSpool spool;
    private final ImportPreview preview;
    private final SystemAccess access;
    private final JobSettings settings;

    TransferRoutes(
            Storage storage,
            Namespaces namespaces,
            Ordering ordering,
            ImportSpool spool,
            ImportPreview preview,
            SystemAccess access,
            JobSettings settings) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.ordering = ordering;
        this.spool = spool;
        this.preview = preview;
        this.access = access;
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/export/{ns}", this::export),
                Route.post("/api/export/{ns}", this::export),
                Route.post("/api/import/{ns}", this::imported),
                Route.post("/api/import/{ns}/preview", this::previewed));
    }

    private StreamReply export(Call call) {
        if (call.fetch().method().text().equals("HEAD")) {
            // It would begin a job of which nobody hears.
            throw Problem.METHOD_NOT_ALLOWED.refused().with("Allow", "GET, POST");
        }
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        Ordering.require(call, Action.KV_GET, namespace);
        var format = ExportFormat.named(call.query().text("format").orElse("json"))
                .orElseThrow(() -> Problem.INVALID_ARGUMENT.refused("format must be json or ndjson"));
        var total = storage.keyCatalogue(call.grant()).totals(namespace.title()).keys();
        var parameters =
                DownloadRoutes.readable(call.grant(), namespace.title()).put("format", format.text());
        var wish = new JobDesk.Wish(
                ordering.fresh(JobKind.EXPORT), JobKind.EXPORT, namespace.id().text(), parameters, total);
        return ordering.order(call, wish);
    }

    private StreamReply imported(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        Ordering.require(call, Action.KV_PUT, namespace);
        var collision = collision(call);
        var id = ordering.fresh(JobKind.IMPORT);
        var spooled = spool(id, call.content());
        if (spooled.duplicates() > 0) {
            ordering.keep(JobFiles.replaced(id.text()), spooled.replaced());
        }
        var parameters = Ordering.parameters()
                .put("format", spooled.format())
                .put("collision", collision.name().toLowerCase(Locale.ROOT))
                .put("duplicates", spooled.duplicates());
        var wish = new JobDesk.Wish(id, JobKind.IMPORT, namespace.id().text(), parameters, spooled.items());
        return ordering.order(call, wish);
    }

    private StreamReply previewed(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        Ordering.require(call, Action.KV_LIST, namespace);
        var collision = collision(call);
        try {
            return Replies.ok(preview.of(call, namespace, collision, settings.longestImport()));
        } catch (ImportInvalid e) {
            throw refused(e);
        }
    }

    private ImportSummary spool(JobId id, Content body) {
        var made = new AtomicReference<ImportSummary>();
        access.under((system, files) -> {
            try {
                var bucket = BulkWorks.files(files, system);
                var file = JobFiles.body(id.text());
                made.set(spool.put(bucket, file, body.limitedTo(settings.longestImport())));
            } catch (ImportInvalid e) {
                throw refused(e);
            } catch (InvalidInput e) {
                throw Problem.PAYLOAD_TOO_LARGE.refused();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.REQUEST_TIMEOUT.refused();
            }
        });
        var spooled = made.get();
        if (spooled == null) {
            throw Problem.STORAGE_UNAVAILABLE.refused();
        }
        return spooled;
    }

    private static ImportWork.Collision collision(Call call) {
        return switch (call.query().text("collision").orElse("overwrite")) {
            case "overwrite" -> ImportWork.Collision.OVERWRITE;
            case "skip" -> ImportWork.Collision.SKIP;
            case "fail" -> ImportWork.Collision.FAIL;
            default -> throw Problem.INVALID_ARGUMENT.refused("collision must be skip, overwrite or fail");
        };
    }

    private static Refused refused(ImportInvalid e) {
        return Problem.IMPORT_INVALID
                .refused("The import cannot be read: line " + e.line() + ", column " + e.column())
                .with(Json.object()
                        .put("line", e.line())
                        .put("column", e.column())
                        .put("reason", e.reason()));
    }
}
