package io.triport.manager.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.Paging;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.CsvLine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /api/audit} (manager API, sections 6 and 8.11). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class AuditRoutes implements Routes {
    private static final String ALL = "/api/audit/all";
    private static final String OF_NAMESPACE = "/api/audit/{ns}";
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final CsvLine HEAD =
            new CsvLine(List.of("Timestamp", "User", "Operation", "Key Name", "Namespace", "Details"));
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Namespaces namespaces;
    private final Storage storage;
    private final Clock clock;

    AuditRoutes(Namespaces namespaces, Storage storage, Clock clock) {
        this.namespaces = namespaces;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, call -> page(call, query(call))),
                Route.get("/api/audit/verify", this::verify),
                Route.get(
                        "/api/audit/user/{email}",
                        call -> page(call, query(call).ofUser(call.variable("email")))),
                Route.get(OF_NAMESPACE, call -> page(call, ofNamespace(call))),
                Route.get(ALL + "/export.csv", call -> table(call, query(call))),
                Route.get(OF_NAMESPACE + "/export.csv", call -> table(call, ofNamespace(call))));
    }

    /** Of one that has gone, its entries stay; who may read all may read those. */
    private AuditQuery ofNamespace(Call call) {
        return query(call)
                .ofNamespace(namespaces
                        .require(call.grant(), call.variable("ns"))
                        .id()
                        .text());
    }

    private static AuditQuery query(Call call) {
        var query = call.query();
        return new AuditQuery(
                query.text("namespace_id").orElse(""),
                query.text("user").orElse(""),
                query.text("operation").orElse(""),
                query.text("key").orElse(""),
                query.text("request_id").orElse(""),
                query.text("source")
                        .filter(text -> !text.isEmpty())
                        .map(AuditEntry.Source::parse)
                        .map(AuditEntry.Source::text)
                        .orElse(""),
                moment(query, "from", Instant.MIN),
                moment(query, "to", Instant.MAX),
                before(query),
                new Paging(query.number("limit", 1, MOST, USUAL), query.number("offset", 0, 1_000_000_000 - 1, 0)));
    }

    private static Instant moment(Query query, String name, Instant fallback) {
        try {
            return query.text(name)
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse)
                    .orElse(fallback);
        } catch (DateTimeException e) {
            throw Problem.INVALID_ARGUMENT.refused(name + " must be a time such as 2027-12-31T00:00:00Z");
        }
    }

    private static long before(Query query) {
        var text = query.text("cursor").filter(cursor -> !cursor.isEmpty());
        if (text.isPresent() && !text.get().matches("[0-9]{1,18}")) {
            throw Problem.INVALID_ARGUMENT.refused("cursor must be the id of an entry");
        }
        return text.map(Long::parseLong).orElse(Long.MAX_VALUE);
    }

    private StreamReply page(Call call, AuditQuery query) {
        var shown = Json.array();
        storage.auditTrail(call.grant()).page(query).forEach(row -> shown.add(shown(row)));
        return Replies.ok(shown);
    }

    private static ObjectNode shown(AuditRow row) {
        var entry = row.entry();
        var node = Json.object()
                .put("id", row.id())
                .put("namespace_id", entry.place().namespace())
                .put("key_name", entry.place().key())
                .put("operation", entry.operation())
                .put("user_email", entry.user())
                .put("timestamp", Moments.text(entry.at()));
        if (entry.details().isNone()) {
            node.putNull("details");
        } else {
            node.put("details", entry.details().text());
        }
        return node.put("source", entry.source().text())
                .put("request_id", entry.request().text())
                .put("prev_hash", row.previousHash())
                .put("hash", row.hash());
    }

    private StreamReply verify(Call call) {
        var verdict = storage.auditTrail(call.grant()).verify();
        var result = Json.object().put("valid", verdict.holds()).put("entries", verdict.entries());
        if (verdict.anchor().id() > 0) {
            result.putObject("anchor")
                    .put("id", verdict.anchor().id())
                    .put("hash", verdict.anchor().hash());
        }
        return Replies.ok(verdict.holds() ? result : result.put("broken_at", verdict.brokenAt()));
    }

    private StreamReply table(Call call, AuditQuery query) {
        // Asked before the answer begins, so that who may not read it is told so.
        storage.auditTrail(call.grant())
                .page(new AuditQuery(
                        query.namespace(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        Instant.MIN,
                        Instant.MAX,
                        Long.MAX_VALUE,
                        Paging.first(1)));
        var titles = titles(call.grant());
        var grant = call.grant();
        var lines = new Lines(
                HEAD,
                before -> storage.auditTrail(grant)
                        .page(new AuditQuery(
                                query.namespace(),
                                query.user(),
                                query.operation(),
                                query.key(),
                                query.request(),
                                query.source(),
                                query.from(),
                                query.until(),
                                before,
                                Paging.first(MOST))),
                row -> line(row, titles));
        return StreamReply.of(200)
                .with("Content-Type", "text/csv; charset=utf-8")
                .with("Content-Disposition", "attachment; filename=\"audit-" + STAMP.format(clock.instant()) + ".csv\"")
                .with("Cache-Control", "no-store")
                .with(lines);
    }

    private Map<String, String> titles(Grant grant) {
        var titles = new HashMap<String, String>();
        for (Namespace namespace : namespaces.all(grant)) {
            titles.put(namespace.id().text(), namespace.title().text());
        }
        return titles;
    }

    private static CsvLine line(AuditRow row, Map<String, String> titles) {
        var entry = row.entry();
        var namespace = entry.place().namespace();
        return new CsvLine(List.of(
                Moments.text(entry.at()),
                entry.user(),
                entry.operation(),
                entry.place().key(),
                titles.getOrDefault(namespace, namespace),
                entry.details().text()));
    }
}
