package io.triport.manager.database;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlResult;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.LongJson;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.UnaryOperator;

/** Statements by Cloudflare's API: rows by the names of their columns, or in their order. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class StatementApi implements Routes {
    private static final String INT64 = "triport-int64";
    private static final long MOST_KEPT = 8_388_608;

    private final Account account;
    private final Databases databases;

    StatementApi(Account account, Databases databases) {
        this.account = account;
        this.databases = databases;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(DatabaseApi.ONE + "/query", this::query), Route.post(DatabaseApi.ONE + "/raw", this::raw));
    }

    private StreamReply query(Call call) {
        var form = form(call);
        var results = results(call);
        return told(call, results, json -> form.named(json, results));
    }

    private StreamReply raw(Call call) {
        var form = form(call);
        var results = results(call);
        return told(call, results, json -> form.raw(json, results));
    }

    /** An answer that is kept for who asks again has to be whole, and one about a change must not be refused for want of room. */
    private static StreamReply told(Call call, List<SqlResult> results, UnaryOperator<LongJson> written) {
        var length = ResultWriter.length(results);
        if (call.effect().noted().isPresent() && length <= MOST_KEPT) {
            return Envelope.held(written);
        }
        if (results.stream().noneMatch(result -> result.meta().changed())) {
            call.keep(length);
        }
        return Envelope.streamed(written);
    }

    private List<SqlResult> results(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        var asked = StatementReader.read(call);
        if (asked.statements().stream().allMatch(ReadingSql::is)) {
            return run(databases.openToRead(call.grant(), database), asked);
        }
        // Before the audit is told: who may not write hears it here.
        var open = databases.open(call.grant(), database);
        return databases.changing(DatabaseApi.author(call), "change_database", database, () -> run(open, asked));
    }

    private static List<SqlResult> run(SqlDatabase database, StatementReader.Asked asked) {
        return asked.batch() ? database.batch(asked.statements()) : List.of(database.query(one(asked)));
    }

    private static Sql one(StatementReader.Asked asked) {
        return asked.statements().getFirst();
    }

    private static ResultWriter form(Call call) {
        return switch (String.join(",", call.fetch().headers().all(INT64))) {
            case "" -> new ResultWriter(ResultWriter.Int64.DIGITS);
            case "string" -> new ResultWriter(ResultWriter.Int64.STRING);
            default -> throw Fields.invalid("Triport-Int64", "the word string");
        };
    }
}
