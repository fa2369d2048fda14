package io.triport.manager.color;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Replies;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyText;
import io.triport.manager.namespace.NamespaceColor;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Colours of namespaces and keys (manager API, section 7). */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ColorRoutes implements Routes {
    private static final Set<String> PALETTE = Set.of(
            "red",
            "red-light",
            "red-dark",
            "orange",
            "orange-light",
            "amber",
            "yellow",
            "yellow-light",
            "lime",
            "green",
            "green-light",
            "emerald",
            "teal",
            "cyan",
            "sky",
            "blue",
            "blue-light",
            "indigo",
            "purple",
            "violet",
            "fuchsia",
            "pink",
            "rose",
            "pink-light",
            "gray",
            "slate",
            "zinc");

    private static final String NONE = "";

    private final Namespaces namespaces;
    private final KeyService keys;
    private final Storage storage;

    ColorRoutes(Namespaces namespaces, KeyService keys, Storage storage) {
        this.namespaces = namespaces;
        this.keys = keys;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/namespaces/colors", this::ofNamespaces),
                Route.put("/api/namespaces/{ns}/color", this::paintNamespace),
                Route.get("/api/keys/{ns}/colors", this::ofKeys),
                Route.put("/api/keys/{ns}/{key}/color", this::paintKey));
    }

    /** Empty for none. */
    private static String color(Call call) {
        var fields = new Fields(call.json());
        if (!fields.has("color")) {
            throw Fields.invalid("color", "a name of the palette, or null");
        }
        var color = fields.text("color").orElse(NONE);
        if (!color.isEmpty() && !PALETTE.contains(color)) {
            throw Fields.invalid("color", "a name of the palette, or null");
        }
        return color;
    }

    private StreamReply ofNamespaces(Call call) {
        var settings = storage.settings(call.grant());
        var colors = Json.object();
        for (var namespace : namespaces.all(call.grant())) {
            NamespaceColor.of(settings, namespace.id())
                    .ifPresent(color -> colors.put(namespace.id().text(), color));
        }
        return Replies.ok(colors);
    }

    private StreamReply paintNamespace(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        call.caller().require(ManagerRole.EDITOR, namespace.title());
        var name = new DocumentName(NamespaceColor.KIND, namespace.id().text());
        var color = color(call);
        call.effect().together(storage, unit -> note(unit.settings(call.grant()), name, color));
        return Replies.done();
    }

    private static DocumentName note(Settings settings, DocumentName name, String color) {
        if (color.isEmpty()) {
            settings.delete(name);
        } else {
            settings.put(name, new JsonText(Json.object().put("color", color).toString()), Settings.WHATEVER);
        }
        return name;
    }

    private StreamReply paintKey(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var key = KeyText.key(call.variable("key"));
        var color = color(call);
        keys.label(Author.of(call), namespace, key, labels -> labels.colored(color));
        return Replies.done();
    }

    private StreamReply ofKeys(Call call) {
        var namespace = namespaces.require(call.grant(), call.variable("ns"));
        var colors = Json.object();
        storage.keyCatalogue(call.grant())
                .colors(namespace.title())
                .forEach((key, color) -> colors.put(key.text(), color));
        return Replies.ok(colors);
    }
}
