package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.Job;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.answer.Json;
import java.util.Locale;

/**
 * What a job's row keeps beside the order.
 *
 * @param role of the person when the job was ordered: what the job may do at most
 * @param source by which way it was ordered
 * @param operation the operation's own
 */
public record JobParameters(ManagerRole role, AuditEntry.Source source, ObjectNode operation) {
    /** The member of an operation's own that names a job which has to end before. */
    public static final String AFTER = "after";

    public JobParameters {
        operation = operation.deepCopy();
    }

    static JobParameters of(Job job) {
        var all = Json.parse(job.order().parameters().text());
        return new JobParameters(
                ManagerRole.valueOf(all.path("role").asText().toUpperCase(Locale.ROOT)),
                AuditEntry.Source.parse(all.path("source").asText()),
                all.path("parameters") instanceof ObjectNode own ? own : Json.object());
    }

    /** The operation's own of a job. */
    public static JsonNode own(Job job) {
        return of(job).operation;
    }

    JsonText text() {
        var all = Json.object().put("role", role.text()).put("source", source.text());
        all.set("parameters", operation);
        return new JsonText(all.toString());
    }
}
