package io.triport.kv.remote;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.storage.Storage;
import io.triport.identity.edge.Answers;
import io.triport.identity.edge.Identity;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import io.triport.kv.wire.RepeatableCalls;
import io.triport.kv.wire.ThisApp;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.BiFunction;

/** Databases over HTTP. Whether the key may write is asked by the store, which opens the database to be read where it may not. */
@Controller("${triport.base-path}/zin/sql")
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
@Requires(bean = RemotePorts.Sql.class)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SqlController {
    private static final String BOOKMARK = "Triport-Bookmark";
    private static final String INT64 = "triport-int64";

    /** Of an export, which is held in memory: what is larger is carried by the file. */
    private static final ByteSize MOST_EXPORTED = ByteSize.ofMiB(64);

    private final Storage storage;
    private final RepeatableCalls repeatable;

    SqlController(Storage storage, RepeatableCalls repeatable) {
        this.storage = storage;
        this.repeatable = repeatable;
    }

    @Post("/query")
    @Identity(mechanisms = "hmac", scopes = "sql.query")
    HttpResponse<byte[]> query(Grant grant, Fetch request) {
        return call(grant, request, (database, body) -> form(request).rows(database.query(SqlStatements.one(body))));
    }

    @Post("/raw")
    @Identity(mechanisms = "hmac", scopes = "sql.query")
    HttpResponse<byte[]> raw(Grant grant, Fetch request) {
        return call(grant, request, (database, body) -> form(request).raw(database.query(SqlStatements.one(body))));
    }

    @Post("/batch")
    @Identity(mechanisms = "hmac", scopes = "sql.query")
    HttpResponse<byte[]> batch(Grant grant, Fetch request) {
        return call(grant, request, (database, body) -> form(request).all(database.batch(SqlStatements.several(body))));
    }

    @Post("/exec")
    @Identity(mechanisms = "hmac", scopes = "sql.write")
    HttpResponse<byte[]> exec(Grant grant, Fetch request) {
        return call(
                grant, request, (database, body) -> form(request).done(database.run(new SqlScript(body.text("sql")))));
    }

    @Post("/export")
    @Identity(mechanisms = "hmac", scopes = "sql.query")
    HttpResponse<byte[]> export(Grant grant, Fetch request) {
        var body = RemoteBody.of(request.body().buffered());
        var script = RemoteRefused.wording(() -> exported(open(grant, request, body)));
        return Answers.of(200, "application/sql", script, KvError.HEADERS);
    }

    @Post("/import")
    @Identity(mechanisms = "hmac", scopes = "sql.write")
    HttpResponse<byte[]> load(Grant grant, Fetch request) {
        return call(
                grant,
                request,
                (database, body) ->
                        form(request).done(database.archive().load(Content.of(Bytes.utf8(body.text("sql"))))));
    }

    private static Bytes exported(SqlDatabase database) {
        try {
            return ContentReader.whole(database.archive().export(), MOST_EXPORTED);
        } catch (InvalidInput e) {
            throw RemoteRefused.of(
                    io.triport.domain.failure.FailureCode.TOO_LARGE,
                    "The export is larger than " + MOST_EXPORTED.bytes() + " bytes");
        }
    }

    private HttpResponse<byte[]> call(Grant grant, Fetch request, BiFunction<SqlDatabase, RemoteBody, Bytes> work) {
        var body = RemoteBody.of(request.body().buffered());
        return RemoteRefused.wording(() -> {
            var database = open(grant, request, body);
            var answer = repeatable.runApart(grant, request, () -> work.apply(database, body));
            var headers = new HashMap<>(KvError.HEADERS);
            headers.put(BOOKMARK, database.bookmark().text());
            return Answers.of(200, KvError.JSON, answer, headers);
        });
    }

    /** Always a session, so that the bookmark of the answer is one that the caller has seen. */
    private SqlDatabase open(Grant grant, Fetch request, RemoteBody body) {
        return storage.sql(grant, name(body)).session(start(request));
    }

    private static DatabaseName name(RemoteBody body) {
        var text = body.text("database");
        try {
            return new DatabaseName(text);
        } catch (InvalidInput e) {
            throw RemoteBody.wrong("database", "a name of a database");
        }
    }

    private static SessionStart start(Fetch request) {
        return bookmark(request)
                .map(text -> switch (text) {
                    case "first-primary" -> new SessionStart.FirstPrimary();
                    case "first-unconstrained" -> new SessionStart.FirstUnconstrained();
                    default -> after(text);
                })
                .orElseGet(SessionStart.FirstPrimary::new);
    }

    private static SessionStart after(String text) {
        try {
            return new SessionStart.After(new Bookmark(text));
        } catch (InvalidInput e) {
            throw RemoteBody.wrong(BOOKMARK, "first-primary, first-unconstrained or a bookmark");
        }
    }

    private static Optional<String> bookmark(Fetch request) {
        var sent = request.headers().all("triport-bookmark");
        if (sent.size() > 1) {
            throw RemoteBody.wrong(BOOKMARK, "there once");
        }
        return sent.stream().findFirst();
    }

    private static SqlAnswer form(Fetch request) {
        return switch (String.join(",", request.headers().all(INT64))) {
            case "" -> new SqlAnswer(SqlAnswer.Int64.DIGITS);
            case "string" -> new SqlAnswer(SqlAnswer.Int64.STRING);
            default -> throw RemoteBody.wrong("Triport-Int64", "the word string");
        };
    }
}
