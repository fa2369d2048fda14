package io.triport.manager.database;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.request.Method;
import io.triport.domain.sql.Exported;
import io.triport.domain.sql.SqlExtent;
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

/** Databases as files of statements, by Cloudflare's API: a file is made, and fetched by a link. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class DumpApi implements Routes {
    /*
     * Whose state the file is
     *
     * A file that were made when it is fetched would be of a later state than the bookmark that was told. So it is made first, of one
     * state, and kept as long as its link is good.
     */
    private static final String EXPORT = DatabaseApi.ONE + "/export";

    private final Account account;
    private final Databases databases;
    private final DumpLinks links;
    private final DumpFiles files;
    private final Storage storage;
    private final Clock clock;

    DumpApi(Account account, Databases databases, DumpLinks links, DumpFiles files, Storage storage, Clock clock) {
        this.account = account;
        this.databases = databases;
        this.links = links;
        this.files = files;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(EXPORT, this::export), Route.linked("GET", EXPORT + "/{file}", this::fetch));
    }

    private StreamReply export(Call call) {
        account.require(call.variable("account"));
        var database = databases.require(call.grant(), call.variable("database"));
        var extent = extent(new Fields(call.json()));
        links.require();
        var exported = databases.openToRead(call.grant(), database).archive().export(extent);
        requireRoom(exported);
        var name = files.fresh();
        var file = JobFiles.dump(database.id().text(), name);
        files.keep(file, exported.content());
        var result = Json.object()
                .put("type", "export")
                .put("success", true)
                .put("status", "complete")
                .put("at_bookmark", exported.state().text());
        result.putArray("messages");
        result.putObject("result")
                .put("filename", name)
                .put("signed_url", links.link(call.fetch(), Method.GET, name, file, clock.instant()));
        return Envelope.ok(result);
    }

    private static SqlExtent extent(Fields asked) {
        if (!asked.required("output_format").equals("polling")) {
            throw Fields.invalid("output_format", "polling");
        }
        if (asked.any("current_bookmark").isPresent()) {
            throw Fields.invalid("current_bookmark", "absent: an export is complete when it is answered");
        }
        return asked.any("dump_options")
                .map(Fields::new)
                .map(options -> new SqlExtent(part(options), tables(options)))
                .orElse(SqlExtent.ALL);
    }

    private static SqlExtent.Part part(Fields options) {
        var rows = !options.flag("no_data");
        var schema = !options.flag("no_schema");
        if (!rows && !schema) {
            throw Fields.invalid("no_data", "false where no_schema is true: nothing would be left");
        }
        return rows && schema ? SqlExtent.Part.ALL : rows ? SqlExtent.Part.ROWS : SqlExtent.Part.SCHEMA;
    }

    private static List<String> tables(Fields options) {
        return options.any("tables").isPresent() ? options.texts("tables") : List.of();
    }

    private static void requireRoom(Exported exported) {
        if (exported.content().length().orElse(0) > ObjectLimits.PUT_BYTES) {
            exported.content().close();
            throw Problem.PAYLOAD_TOO_LARGE.refused("The export is larger than 5 GiB: ask for some of the tables");
        }
    }

    /** Whoever has the link. */
    private StreamReply fetch(Call call) {
        var file = DumpLinks.file(call.grant().principal());
        var found = storage.objects(call.grant(), JobFiles.BUCKET).get(ObjectRef.current(file), ReadOptions.WHOLE);
        if (!(found instanceof GetOutcome.Found there)) {
            throw Problem.EXPORT_NOT_FOUND.refused();
        }
        return StreamReply.of(200)
                .with("Content-Type", "application/sql")
                .with("Content-Disposition", "attachment; filename=\"" + call.variable("file") + "\"")
                .with("Cache-Control", "no-store")
                .with(there.content())
                .ofLength(there.info().size());
    }
}
