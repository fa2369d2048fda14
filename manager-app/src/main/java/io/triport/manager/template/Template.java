package io.triport.manager.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a namespace begins with (manager API, section 8.9).
 *
 * @param keys at most 1,000
 * @param alerts rules about the namespace, without its id
 * @param settings what is set for the namespace, as its own settings have it
 */
record Template(String name, String description, List<TemplateKey> keys, List<JsonNode> alerts, ObjectNode settings) {
    private static final String ALERTS = "alerts";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int MOST_KEYS = 1_000;
    private static final int MOST_ALERTS = 50;

    static final Form<Template> FORM = new Form<>() {
        @Override
        public Template read(Fields fields) {
            return Template.read(fields);
        }

        @Override
        public ObjectNode write(Template template) {
            return template.shown();
        }
    };

    Template {
        keys = List.copyOf(keys);
        alerts = List.copyOf(alerts);
        settings = settings.deepCopy();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.invalid("name", "a text of 1 to 200 characters");
        }
        if (description.length() > LONGEST_DESCRIPTION) {
            throw Fields.invalid("description", "a text of 4000 characters at most");
        }
        if (keys.size() > MOST_KEYS) {
            throw Fields.invalid("keys", "a list of 1000 keys at most");
        }
        if (alerts.size() > MOST_ALERTS) {
            throw Fields.invalid("settings.alerts", "a list of 50 rules at most");
        }
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Template read(Fields fields) {
        var keys = new ArrayList<TemplateKey>();
        for (var key : list(fields, "keys")) {
            keys.add(TemplateKey.read(new Fields(key)));
        }
        var settings = new Fields(fields.any("settings").orElse(Json.object()));
        settings.object().fieldNames().forEachRemaining(name -> {
            if (!Set.of(ALERTS, "versioning", "schema").contains(name)) {
                throw Fields.invalid("settings", "an object of versioning, alerts and schema");
            }
        });
        var own = Json.object();
        settings.object().properties().forEach(member -> {
            if (!member.getKey().equals(ALERTS) && !member.getValue().isNull()) {
                own.set(member.getKey(), member.getValue());
            }
        });
        return new Template(
                fields.required("name"), fields.text("description").orElse(""), keys, list(settings, ALERTS), own);
    }

    private static List<JsonNode> list(Fields fields, String name) {
        var all = new ArrayList<JsonNode>();
        fields.any(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw Fields.invalid(name, "a list");
            }
            node.forEach(all::add);
        });
        return all;
    }

    ObjectNode shown() {
        var node = Json.object().put("name", name).put("description", description);
        var shownKeys = node.putArray("keys");
        keys.forEach(key -> shownKeys.add(key.shown()));
        node.set("settings", settings.deepCopy().set(ALERTS, Json.array().addAll(alerts)));
        return node;
    }
}
