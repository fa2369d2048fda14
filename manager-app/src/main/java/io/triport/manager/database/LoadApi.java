package io.triport.manager.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.job.JobFiles;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

/** Files of statements brought into databases, by Cloudflare's API: a file is sent by a link, and then run as one change. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class LoadApi implements Routes {
    private static final String IMPORT = DatabaseApi.ONE + "/import";
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}\\.sql");

    private final Account account;
    private final Databases databases;
    private final DumpLinks links;
    private final DumpFiles files;
    private final Loads loads;
    private final Storage storage;
    private final SqlLimits limits;
    private final Clock clock;

    LoadApi(
            Account account,
            Databases databases,
            DumpLinks links,
            DumpFiles files,
            Loads loads,
            Storage storage,
            SqlLimits limits,
            Clock clock) {
        this.account = account;
        this.databases = databases;
        this.links = links;
        this.files = files;
        this.loads = loads;
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(IMPORT, this::imported), Route.linked("PUT", IMPORT + "/{file}", this::upload));
    }

    private StreamReply imported(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        Databases.requireWriting(call.grant(), database);
        links.require();
        var asked = new Fields(call.json());
        return Envelope.ok(
                switch (asked.required("action")) {
                    case "init" -> begun(call, database, etag(asked));
                    case "ingest" -> loads.load(call, new Loads.Sent(database, name(asked), etag(asked)));
                    case "poll" -> loads.outcome(database, bookmark(asked));
                    default -> throw Fields.invalid("action", "init, ingest or poll");
                });
    }

    /** The name begins with the MD5, so that nothing else is run under it. */
    private ObjectNode begun(Call call, Database database, String etag) {
        var name = etag + "-" + files.fresh();
        var file = JobFiles.load(database.id().text(), name);
        return Json.object()
                .put("type", "import")
                .put("success", true)
                .put("filename", name)
                .put("upload_url", links.link(call.fetch(), Method.PUT, name, file, clock.instant()));
    }

    /** From whoever has the link. Of what does not arrive whole nothing is stored. */
    private StreamReply upload(Call call) {
        var file = DumpLinks.file(call.grant().principal());
        try {
            var body = call.content().limitedTo(limits.imported());
            var stored = DumpFiles.stored(
                    storage.objects(call.grant(), JobFiles.BUCKET).put(file, body, WriteOptions.PLAIN));
            return StreamReply.of(200).with("ETag", "\"" + stored.info().etag() + "\"");
        } catch (InvalidInput e) {
            throw Problem.PAYLOAD_TOO_LARGE.refused();
        }
    }

    private static String etag(Fields asked) {
        var etag = asked.required("etag");
        if (!MD5.matcher(etag).matches()) {
            throw Fields.invalid("etag", "the MD5 of the file in 32 lower-case hexadecimal digits");
        }
        return etag;
    }

    private static String name(Fields asked) {
        var name = asked.required("filename");
        if (!NAME.matcher(name).matches()) {
            throw Fields.invalid("filename", "one that init has answered");
        }
        return name;
    }

    private static Bookmark bookmark(Fields asked) {
        return new Bookmark(asked.required("current_bookmark"));
    }
}
