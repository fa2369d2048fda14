package io.triport.kv.remote;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
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
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlScript;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.Reply;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Databases over HTTP. Whether the key may write is asked by the store, which opens the database to be read where it may not. */
final class SqlCalls {
    private static final String FIRST_PRIMARY = "first-primary";
    private static final String BOOKMARK = "Triport-Bookmark";
    private static final String INT64 = "triport-int64";

    /** Of an export, which is held in memory: what is larger is carried by the file. */
    private static final ByteSize MOST_EXPORTED = ByteSize.ofMiB(64);

    private SqlCalls() {}

    static List<OnFetch> all() {
        return List.of(
                RemoteCall.post(
                        "/zin/sql/query",
                        "sql.query",
                        call -> change(
                                call, (database, body) -> form(call).rows(database.query(SqlStatements.one(body))))),
                RemoteCall.post(
                        "/zin/sql/raw",
                        "sql.query",
                        call -> change(
                                call, (database, body) -> form(call).raw(database.query(SqlStatements.one(body))))),
                RemoteCall.post(
                        "/zin/sql/batch",
                        "sql.query",
                        call -> change(
                                call, (database, body) -> form(call).all(database.batch(SqlStatements.several(body))))),
                RemoteCall.post(
                        "/zin/sql/exec",
                        "sql.write",
                        call -> change(
                                call,
                                (database, body) -> form(call).done(database.run(new SqlScript(body.text("sql")))))),
                RemoteCall.post("/zin/sql/export", "sql.query", SqlCalls::export),
                RemoteCall.post(
                        "/zin/sql/import",
                        "sql.write",
                        call -> change(
                                call,
                                (database, body) -> form(call)
                                        .done(database.archive()
                                                .load(Content.of(Bytes.utf8(body.text("sql"))))
                                                .meta()))));
    }

    private static FetchReply export(RemoteCall call) {
        return new Reply(200, "application/sql", exported(open(call, call.body())), KvError.HEADERS);
    }

    private static Bytes exported(SqlDatabase database) {
        try {
            return ContentReader.whole(database.archive().export(SqlExtent.ALL).content(), MOST_EXPORTED);
        } catch (InvalidInput e) {
            throw RemoteRefused.of(
                    FailureCode.TOO_LARGE, "The export is larger than " + MOST_EXPORTED.bytes() + " bytes");
        }
    }

    private static FetchReply change(RemoteCall call, BiFunction<SqlDatabase, RemoteBody, Bytes> work) {
        var body = call.body();
        var database = open(call, body);
        var answer = call.onceApart(() -> work.apply(database, body));
        return RemoteCall.json(answer).with(BOOKMARK, seen(database));
    }

    /** Where nobody can tell any more how far the caller has seen, it may go on behind the latest state; what is done is done. */
    private static String seen(SqlDatabase database) {
        try {
            return database.bookmark().text();
        } catch (StorageFailure e) {
            return FIRST_PRIMARY;
        }
    }

    /** Always a session, so that the bookmark of the answer is one that the caller has seen. */
    private static SqlDatabase open(RemoteCall call, RemoteBody body) {
        return call.storage().sql(call.grant(), name(body)).session(start(call.request()));
    }

    private static DatabaseName name(RemoteBody body) {
        return body.named("database", DatabaseName::new, "a name of a database");
    }

    private static SessionStart start(Fetch request) {
        return bookmark(request)
                .map(text -> switch (text) {
                    case FIRST_PRIMARY -> new SessionStart.FirstPrimary();
                    case "first-unconstrained" -> new SessionStart.FirstUnconstrained();
                    default -> after(text);
                })
                .orElseGet(SessionStart.FirstPrimary::new);
    }

    private static SessionStart after(String text) {
        return new SessionStart.After(
                RemoteBody.named(text, BOOKMARK, Bookmark::new, "first-primary, first-unconstrained or a bookmark"));
    }

    private static Optional<String> bookmark(Fetch request) {
        var sent = request.headers().all("triport-bookmark");
        if (sent.size() > 1) {
            throw RemoteBody.wrong(BOOKMARK, "there once");
        }
        return sent.stream().findFirst();
    }

    private static SqlAnswer form(RemoteCall call) {
        return switch (String.join(",", call.request().headers().all(INT64))) {
            case "" -> new SqlAnswer(SqlAnswer.Int64.DIGITS);
            case "string" -> new SqlAnswer(SqlAnswer.Int64.STRING);
            default -> throw RemoteBody.wrong("Triport-Int64", "the word string");
        };
    }
}
