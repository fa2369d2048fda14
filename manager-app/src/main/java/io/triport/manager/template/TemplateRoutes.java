package io.triport.manager.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.alert.RuleBook;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.namespace.NamespaceSettings;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/templates} (manager API, section 8.9). For admins to change, and for all to see. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class TemplateRoutes implements Routes {
    private static final String ALL = "/api/templates";
    private static final String ONE = ALL + "/{id}";

    private final Templates templates;
    private final Namespaces namespaces;
    private final RuleBook rules;
    private final NamespaceSettings settings;
    private final FreshId ids;

    TemplateRoutes(
            Templates templates, Namespaces namespaces, RuleBook rules, NamespaceSettings settings, FreshId ids) {
        this.templates = templates;
        this.namespaces = namespaces;
        this.rules = rules;
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::read),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete),
                Route.post(ONE + "/apply", this::apply));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        templates.shelf().list(call.grant()).forEach(kept -> shown.add(shown(kept)));
        return Replies.ok(Json.object().set("templates", shown));
    }

    private StreamReply create(Call call) {
        call.caller().requireAdmin();
        var template = template(call);
        var kept = templates
                .shelf()
                .together(
                        call.effect(),
                        all -> all.add(call.grant(), ids.any(), template)
                                .orElseThrow(Problem.VERSION_CONFLICT::refused));
        return Replies.of(201, one(kept));
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(templates.shelf().require(call.grant(), call.variable("id"))));
    }

    /** The whole template. */
    private StreamReply change(Call call) {
        call.caller().requireAdmin();
        var template = template(call);
        return Replies.ok(one(templates
                .shelf()
                .together(call.effect(), all -> all.change(call.grant(), call.variable("id"), present -> template))));
    }

    private StreamReply delete(Call call) {
        call.caller().requireAdmin();
        templates.shelf().together(call.effect(), all -> all.removed(call.grant(), call.variable("id")));
        return Replies.ok(Json.object().put("deleted", true));
    }

    /** Into a namespace that there is. Rules come with it, so it is for admins of it. */
    private StreamReply apply(Call call) {
        var fields = new Fields(call.json());
        var namespace = namespaces.require(call.grant(), fields.required("namespace_id"));
        call.caller().requireAdmin(namespace.title());
        var filled = templates.filled(call.grant(), call.variable("id"), fields);
        return Replies.ok(Json.object().put("keys", filled.into(Author.of(call), namespace)));
    }

    private Template template(Call call) {
        var template = Template.read(new Fields(call.json()));
        rules.check(template.alerts());
        settings.checked(new Fields(template.settings()));
        return template;
    }

    private static ObjectNode one(Kept<Template> kept) {
        return Json.object().set("template", shown(kept));
    }

    private static ObjectNode shown(Kept<Template> kept) {
        return kept.value().shown().put("id", kept.id()).put("updated_at", Moments.text(kept.updated()));
    }
}
