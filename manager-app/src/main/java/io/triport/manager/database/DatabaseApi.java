package io.triport.manager.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.table.AuditEntry;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Page;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Which databases there are, by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class DatabaseApi implements Routes {
    /** The path of all databases. */
    static final String ALL = Envelope.BASE + "accounts/{account}/d1/database";

    /** The path of one of them. */
    static final String ONE = ALL + "/{database}";

    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final Account account;
    private final Databases databases;

    DatabaseApi(Account account, Databases databases) {
        this.account = account;
        this.databases = databases;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::find),
                Route.put(ONE, this::configure),
                Route.patch(ONE, this::configure),
                Route.delete(ONE, this::drop));
    }

    static Author author(Call call) {
        return Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
    }

    private StreamReply list(Call call) {
        account.require(call.variable("account"));
        var query = call.query();
        var page = Page.asked(query, USUAL, MOST);
        var wanted = query.text("name").orElse("");
        var found = databases.all(call.grant()).stream()
                .filter(database -> database.name().text().contains(wanted))
                .toList();
        return page.of(found, DatabaseApi::listed);
    }

    private StreamReply create(Call call) {
        account.require(call.variable("account"));
        var fields = new Fields(call.json());
        requireOneCopy(fields);
        if (fields.has("jurisdiction") && fields.text("jurisdiction").isPresent()) {
            throw Problem.UNSUPPORTED.refused("Databases lie on this node, which promises no jurisdiction");
        }
        var name = new DatabaseName(fields.required("name"));
        var made = databases.create(author(call), name);
        return Envelope.ok(described(call, made));
    }

    private StreamReply find(Call call) {
        account.require(call.variable("account"));
        var shown = described(call, databases.require(call.grant(), call.variable("database")));
        var wanted = Query.all(call.fetch().target().search(), "fields").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .toList();
        return Envelope.ok(wanted.isEmpty() ? shown : shown.retain(wanted));
    }

    /** All that can be set is how many copies there are, and there is one. */
    private StreamReply configure(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        requireOneCopy(new Fields(call.json()));
        return Envelope.ok(described(call, database));
    }

    private static void requireOneCopy(Fields fields) {
        fields.any("read_replication")
                .map(replication -> new Fields(replication).required("mode"))
                .ifPresent(mode -> {
                    switch (mode) {
                        case "disabled" -> {}
                        case "auto" -> throw Problem.UNSUPPORTED.refused("A database has no replicas here");
                        default -> throw Fields.invalid("read_replication.mode", "disabled");
                    }
                });
    }

    private StreamReply drop(Call call) {
        account.require(call.variable("account"));
        databases.drop(author(call), databases.require(call.grant(), call.variable("database")));
        return Envelope.nothing();
    }

    private static ObjectNode listed(Database database) {
        return Json.object()
                .put("uuid", database.id().text())
                .put("name", database.name().text())
                .put("version", "production")
                .put("created_at", Moments.text(database.created()))
                .putNull("jurisdiction");
    }

    private ObjectNode described(Call call, Database database) {
        var info = databases.open(call.grant(), database).info();
        var shown = listed(database)
                .put("num_tables", info.tables())
                .put("file_size", info.size().bytes());
        shown.putObject("read_replication").put("mode", "disabled");
        return shown;
    }
}
