package io.triport.manager.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.KeyTag;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.key.KeyExpiry;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A key of a template. Name and value may have variables in them.
 *
 * @param ttl seconds, 60 or more, or 0 for no end
 */
record TemplateKey(String name, String value, long ttl, List<KeyTag> tags) {
    private static final String LASTING = KeyExpiry.LEAST_SECONDS + " seconds or more";

    TemplateKey {
        tags = List.copyOf(tags);
        if (name.isEmpty()) {
            throw Fields.invalid("name", "a text of at least one character");
        }
        if (ttl != 0 && ttl < KeyExpiry.LEAST_SECONDS) {
            throw Fields.invalid("ttl", LASTING);
        }
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static TemplateKey read(Fields fields) {
        var tags = new LinkedHashSet<KeyTag>();
        if (fields.any("tags").isPresent()) {
            fields.texts("tags").forEach(tag -> tags.add(new KeyTag(tag)));
        }
        if (fields.any("ttl").isPresent() && fields.whole("ttl").orElse(0) == 0) {
            throw Fields.invalid("ttl", LASTING);
        }
        return new TemplateKey(
                fields.required("name"),
                fields.required("value"),
                fields.whole("ttl").orElse(0),
                List.copyOf(tags));
    }

    ObjectNode shown() {
        var node = Json.object().put("name", name).put("value", value);
        if (ttl != 0) {
            node.put("ttl", ttl);
        }
        if (!tags.isEmpty()) {
            var shown = node.putArray("tags");
            tags.forEach(tag -> shown.add(tag.text()));
        }
        return node;
    }
}
