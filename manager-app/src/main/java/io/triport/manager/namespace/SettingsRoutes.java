package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** {@code /api/namespaces/{ns}/settings}: how many versions of its keys a namespace keeps (manager API, section 8.3). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SettingsRoutes implements Routes {
    private static final String PATH = "/api/namespaces/{ns}/settings";
    private static final String VERSIONING = "versioning";
    private static final long MOST_VERSIONS = 1_000;

    /** A hundred years, in seconds. */
    private static final long LONGEST = 3_155_760_000L;

    private final Namespaces namespaces;
    private final Storage storage;

    SettingsRoutes(Namespaces namespaces, Storage storage) {
        this.namespaces = namespaces;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, this::read), Route.put(PATH, this::write));
    }

    private StreamReply read(Call call) {
        var name = name(call);
        return Replies.ok(storage.settings(call.grant())
                .find(name)
                .map(Document::content)
                .map(content -> Json.parse(content.text()))
                .orElseGet(() -> Json.object().set(VERSIONING, Json.object().put("enabled", false))));
    }

    private StreamReply write(Call call) {
        call.caller().requireAdmin();
        var name = name(call);
        var fields = new Fields(call.json());
        var versioning = new Fields(fields.any(VERSIONING).orElseThrow(() -> Fields.invalid(VERSIONING, "an object")));
        var content = Json.object()
                .<ObjectNode>set(
                        VERSIONING,
                        Json.object()
                                .put("enabled", versioning.flag("enabled"))
                                .put(
                                        "max_versions",
                                        bounded(versioning.whole("max_versions"), MOST_VERSIONS, "max_versions"))
                                .put("max_age", bounded(versioning.whole("max_age"), LONGEST, "max_age")));
        storage.settings(call.grant()).put(name, new JsonText(content.toString()), Settings.WHATEVER);
        return Replies.ok(content);
    }

    /** Absent and 0 are no bound. */
    private static long bounded(OptionalLong number, long most, String name) {
        var bound = number.orElse(0);
        if (bound < 0 || bound > most) {
            throw Fields.invalid(name, "0.." + most);
        }
        return bound;
    }

    private DocumentName name(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        return new DocumentName(Namespaces.SETTINGS, namespace.id().text());
    }
}
