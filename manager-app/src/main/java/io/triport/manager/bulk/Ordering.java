package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.JobId;
import io.triport.domain.time.Randomness;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.JobKind;
import io.triport.manager.job.SystemAccess;
import io.triport.manager.route.Call;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Makes orders of requests, and answers of what the desk says. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Ordering {
    private static final Set<Action> CHANGES = Set.of(Action.KV_PUT, Action.KV_DELETE, Action.KEY_LABEL);

    private final JobDesk desk;
    private final SystemAccess access;
    private final Clock clock;
    private final Randomness randomness;

    Ordering(JobDesk desk, SystemAccess access, Clock clock, Randomness randomness) {
        this.desk = desk;
        this.access = access;
        this.clock = clock;
        this.randomness = randomness;
    }

    JobId fresh(JobKind kind) {
        return kind.fresh(clock, randomness);
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for who may not do it with any key of the namespace, NAMESPACE_READ_ONLY */
    static void require(Call call, Action action, Namespace namespace) {
        require(call.grant(), call.caller(), action, namespace);
    }

    /** The same for whoever has the grant. */
    static void require(Grant grant, Caller caller, Action action, Namespace namespace) {
        if (CHANGES.contains(action)) {
            caller.requireOpen(namespace.title());
        }
        if (grant.prefixes(action, namespace.title().text()).isEmpty()) {
            throw Problem.FORBIDDEN.refused();
        }
    }

    /** Puts a file away that the job reads. */
    void keep(ObjectKey file, Bytes bytes) {
        access.under((system, storage) -> {
            if (!(BulkWorks.files(storage, system).put(file, Content.of(bytes), WriteOptions.PLAIN)
                    instanceof PutOutcome.Stored)) {
                throw Problem.STORAGE_UNAVAILABLE.refused();
            }
        });
    }

    StreamReply order(Call call, JobDesk.Wish wish) {
        return Replies.ok(told(call, wish));
    }

    /** What the customer is told. Nothing is left of what came with an order that was not taken, or was taken before. */
    JsonNode told(Call call, JobDesk.Wish wish) {
        try {
            return Json.parse(desk.order(customer(call), wish));
        } catch (RuntimeException e) {
            forget(wish.id());
            throw e;
        }
    }

    static ObjectNode parameters() {
        return Json.object();
    }

    private void forget(JobId id) {
        var files = List.of(
                ObjectRef.current(JobFiles.keys(id.text())),
                ObjectRef.current(JobFiles.body(id.text())),
                ObjectRef.current(JobFiles.replaced(id.text())));
        access.under((system, storage) -> BulkWorks.files(storage, system).delete(files, Conditions.NONE));
    }

    private static JobDesk.Customer customer(Call call) {
        var browser = call.fetch().headers().has("sec-fetch-site");
        return new JobDesk.Customer(
                call.grant(),
                call.grant().principal().id().unique(),
                call.caller(),
                browser ? AuditEntry.Source.UI : AuditEntry.Source.API,
                call.effect());
    }
}
