package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** {@code /api/jobs}: what became of jobs (manager API, sections 4 and 8.1). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class JobRoutes implements Routes {
    private static final int MOST_EVENTS = 1_000;
    private static final int USUAL_EVENTS = 100;

    private final Storage storage;
    private final JobDesk desk;

    JobRoutes(Storage storage, JobDesk desk) {
        this.storage = storage;
        this.desk = desk;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/jobs", this::list),
                Route.get("/api/jobs/{id}", call -> Replies.ok(row(call, find(call)))),
                Route.get("/api/jobs/{id}/events", this::events),
                Route.get("/api/jobs/{id}/errors", this::errors),
                Route.get("/api/jobs/{id}/progress", this::progress),
                Route.post("/api/jobs/{id}/cancel", this::cancel));
    }

    /** The id of the path. @throws io.triport.manager.answer.Refused JOB_NOT_FOUND for a text that is none */
    public static JobId id(Call call) {
        try {
            return new JobId(call.variable("id"));
        } catch (InvalidInput e) {
            throw Problem.JOB_NOT_FOUND.refused();
        }
    }

    private ObjectNode row(Call call, Job job) {
        return JobJson.row(new JobSight(storage, call.grant()).seen(job));
    }

    private Job find(Call call) {
        return desk.find(call.grant(), id(call));
    }

    private StreamReply list(Call call) {
        var query = JobListing.parse(call);
        var page = storage.jobLedger(call.grant()).page(query);
        var jobs = Json.array();
        page.jobs().forEach(job -> jobs.add(row(call, job)));
        var result = Json.object();
        result.set("jobs", jobs);
        result.put("total", page.total())
                .put("limit", query.paging().limit())
                .put("offset", query.paging().offset());
        return Replies.ok(result);
    }

    private StreamReply events(Call call) {
        var job = find(call);
        var after = call.query().number("after", 0, Integer.MAX_VALUE, 0);
        var limit = call.query().number("limit", 1, MOST_EVENTS, USUAL_EVENTS);
        var events = Json.array();
        storage.jobLedger(call.grant())
                .events(job.id(), after, limit)
                .forEach(event -> events.add(JobJson.event(event)));
        return of(job, "events", events);
    }

    private StreamReply errors(Call call) {
        var job = find(call);
        var after = call.query().number("after", 0, Integer.MAX_VALUE, 0);
        var limit = call.query().number("limit", 1, MOST_EVENTS, USUAL_EVENTS);
        var errors = Json.array();
        storage.jobLedger(call.grant())
                .errors(job.id(), after, limit)
                .forEach(error -> errors.add(JobJson.error(error)));
        return of(job, "errors", errors);
    }

    private StreamReply progress(Call call) {
        var job = find(call);
        var points = Json.array();
        for (var point : JobTrace.points(job.progress())) {
            points.add(Json.object()
                    .put(
                            "timestamp",
                            Moments.text(Instant.ofEpochMilli(point.path(0).asLong())))
                    .put("processed", point.path(1).asLong())
                    .put("errors", point.path(2).asLong()));
        }
        return of(job, "points", points);
    }

    private StreamReply cancel(Call call) {
        return Replies.of(202, row(call, desk.cancel(call.effect(), id(call))));
    }

    private static StreamReply of(Job job, String name, ArrayNode all) {
        var result = Json.object().put("job_id", job.id().text());
        result.set(name, all);
        return Replies.ok(result);
    }
}
