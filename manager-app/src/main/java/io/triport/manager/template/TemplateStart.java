package io.triport.manager.template;

import io.micronaut.context.annotation.Requires;
import io.triport.manager.answer.Fields;
import io.triport.manager.namespace.NamespaceStart;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import jakarta.inject.Singleton;

/** New namespaces that begin with what a template says. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class TemplateStart implements NamespaceStart {
    private final Templates templates;

    TemplateStart(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Filling wished(Call call, Fields fields) {
        var id = fields.text("template_id");
        if (id.isEmpty()) {
            if (fields.has("variables")) {
                throw Fields.invalid("variables", "absent without a template_id");
            }
            return Filling.NOTHING;
        }
        call.caller().requireAdmin();
        var filled = templates.filled(call.grant(), id.get(), fields);
        return (one, namespace) -> filled.into(Author.of(one), namespace);
    }
}
