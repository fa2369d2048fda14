package io.triport.manager.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.Namespace;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.FreshId;
import io.triport.manager.repeat.Effect;
import java.util.List;

/** Rules that come from somewhere else than their own routes. Safe for many threads. */
public final class RuleBook {
    private static final String ANY = "0".repeat(32);

    private final Shelves shelves;
    private final FreshId ids;

    RuleBook(Shelves shelves, FreshId ids) {
        this.shelves = shelves;
        this.ids = ids;
    }

    /** Whether they are rules, once they have a namespace. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public void check(List<JsonNode> rules) {
        rules.forEach(rule -> about(ANY, rule));
    }

    /** Adds rules about a namespace. */
    public void add(Effect effect, Namespace namespace, List<JsonNode> rules) {
        var wanted =
                rules.stream().map(rule -> about(namespace.id().text(), rule)).toList();
        if (!wanted.isEmpty()) {
            shelves.rules().together(effect, all -> {
                wanted.forEach(rule -> all.add(effect.grant(), ids.any(), rule));
                return all;
            });
        }
    }

    private static Rule about(String namespace, JsonNode rule) {
        if (!(rule instanceof ObjectNode object)) {
            throw Fields.invalid("settings.alerts", "a list of rules");
        }
        ObjectNode whole = Json.object().setAll(object);
        return Rule.read(new Fields(whole.put("namespace_id", namespace)));
    }
}
