package io.triport.manager.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.SqlDatabase;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Call;
import io.triport.manager.route.Query;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What databases were before, by Cloudflare's API for time travel. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class TravelApi implements Routes {
    private static final String TRAVEL = DatabaseApi.ONE + "/time_travel/";

    private final Account account;
    private final Databases databases;

    TravelApi(Account account, Databases databases) {
        this.account = account;
        this.databases = databases;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(TRAVEL + "bookmark", this::bookmark), Route.post(TRAVEL + "restore", this::restore));
    }

    private StreamReply bookmark(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        var open = databases.openToRead(call.grant(), database);
        var state = moment(call.query()).map(open.archive()::at).orElseGet(open::bookmark);
        return Envelope.ok(Json.object().put("bookmark", state.text()));
    }

    private StreamReply restore(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        Databases.requireWriting(call.grant(), database);
        var open = databases.open(call.grant(), database);
        var to = state(call.query(), open);
        return Envelope.ok(
                databases.changing(DatabaseApi.author(call), "restore_database", database, () -> restored(open, to)));
    }

    private static ObjectNode restored(SqlDatabase open, Bookmark to) {
        var restored = open.archive().restore(to);
        return Json.object()
                .put("bookmark", restored.bookmark().text())
                .put("previous_bookmark", restored.undo().text())
                .put("message", "The database is what it was; previous_bookmark takes it back");
    }

    private static Bookmark state(Query query, SqlDatabase open) {
        var bookmark = query.text("bookmark").map(Bookmark::new);
        var moment = moment(query);
        if (bookmark.isPresent() == moment.isPresent()) {
            throw Fields.invalid("bookmark", "there, or timestamp in its place");
        }
        return bookmark.orElseGet(() -> moment.map(open.archive()::at).orElseThrow());
    }

    private static Optional<Instant> moment(Query query) {
        return query.text("timestamp").map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Fields.invalid("timestamp", "a moment such as 2026-01-31T12:00:00Z");
            }
        });
    }
}
