package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.JobParameters;
import io.triport.manager.job.JobRoutes;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** {@code POST /api/jobs/{id}/retry}: the items that a job could not do, as a job of their own (manager API, section 8.1). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class RetryRoutes implements Routes {
    /** As many as are kept of a job. */
    private static final int MOST = 1_000;

    private static final Set<JobKind> AGAIN = Set.of(
            JobKind.BULK_DELETE,
            JobKind.BULK_COPY,
            JobKind.BULK_TTL,
            JobKind.BULK_TAG,
            JobKind.R2_COPY,
            JobKind.IMPORT);

    private final Storage storage;
    private final Namespaces namespaces;
    private final JobDesk desk;
    private final Ordering ordering;

    RetryRoutes(Storage storage, Namespaces namespaces, JobDesk desk, Ordering ordering) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.desk = desk;
        this.ordering = ordering;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/jobs/{id}/retry", this::retry));
    }

    private StreamReply retry(Call call) {
        var job = desk.find(call.grant(), JobRoutes.id(call));
        if (!job.status().terminal()) {
            throw Problem.JOB_NOT_FINISHED.refused();
        }
        var failed = storage.jobLedger(call.grant()).errors(job.id(), 0, MOST).stream()
                .map(JobError::item)
                .distinct()
                .toList();
        var kind = JobKind.of(job.order().operation()).orElseThrow(Problem.JOB_NOT_FOUND::refused);
        if (failed.isEmpty() || !AGAIN.contains(kind)) {
            throw Problem.INVALID_ARGUMENT.refused("The job has no failed items that could be done again");
        }
        var namespace = namespaces.require(call.grant(), job.order().namespace());
        if (kind == JobKind.R2_COPY) {
            call.caller().requireWhole(namespace.title());
        }
        var id = ordering.fresh(kind);
        var parameters = parameters(job, kind, failed);
        if (kind != JobKind.IMPORT) {
            ordering.keep(JobFiles.keys(id.text()), ListedKeys.file(failed));
        }
        var wish = new JobDesk.Wish(id, kind, job.order().namespace(), parameters, failed.size());
        return ordering.order(call, wish);
    }

    private static ObjectNode parameters(Job job, JobKind kind, List<String> failed) {
        var parameters = Json.object();
        JobParameters.own(job).properties().forEach(field -> parameters.set(field.getKey(), field.getValue()));
        parameters.remove(List.of("filter", "only"));
        parameters.put("retry_of", job.id().text());
        if (kind == JobKind.IMPORT) {
            var only = Json.array();
            failed.forEach(only::add);
            parameters.put("file", parameters.path("file").asText(job.id().text()));
            parameters.set("only", only);
        } else {
            parameters.remove("file");
        }
        return parameters;
    }
}
