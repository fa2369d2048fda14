package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.Job;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.access.Standing;
import io.triport.manager.answer.Json;
import java.util.Set;

/**
 * What a job's row keeps beside the order.
 *
 * @param standing who ordered it: the job may do what he may do while it runs
 * @param source by which way it was ordered
 * @param operation the operation's own
 */
public record JobParameters(Standing standing, AuditEntry.Source source, ObjectNode operation) {
    /** The member of an operation's own that names a job which has to end before. */
    public static final String AFTER = "after";

    public JobParameters {
        operation = operation.deepCopy();
    }

    public static JobParameters of(Job job) {
        var all = Json.parse(job.order().parameters().text());
        return new JobParameters(
                standing(job, all),
                AuditEntry.Source.parse(all.path("source").asText()),
                all.path("parameters") instanceof ObjectNode own ? own : Json.object());
    }

    /** Jobs that were ordered before there were grants have the role of that time. */
    private static Standing standing(Job job, JsonNode all) {
        return all.has("role")
                ? new Standing(
                        job.order().user(),
                        Set.of(),
                        "",
                        ManagerRole.named(all.get("role").asText()))
                : Standing.read(all.path("standing"));
    }

    /** The operation's own of a job. */
    public static JsonNode own(Job job) {
        return of(job).operation;
    }

    JsonText text() {
        var all = Json.object().put("source", source.text());
        all.set("standing", standing.toJson());
        all.set("parameters", operation);
        return new JsonText(all.toString());
    }
}
