package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;

/**
 * A rule that was broken.
 *
 * @param rule its id; that of a threshold begins with {@link #THRESHOLD}
 * @param value what was found
 * @param opened when it was found, as answers have times
 * @param resolved when it was found no more; empty before
 * @param seenBy who said that he has seen it; empty for nobody
 */
record Alert(
        String rule,
        String name,
        String type,
        String namespace,
        String message,
        long value,
        String opened,
        String resolved,
        String seenBy,
        String seenAt) {
    static final String THRESHOLD = "threshold/";

    static final Form<Alert> FORM = new Form<>() {
        @Override
        public Alert read(Fields fields) {
            return new Alert(
                    fields.required("rule_id"),
                    fields.required("rule_name"),
                    fields.required("type"),
                    fields.required("namespace_id"),
                    fields.required("message"),
                    fields.whole("value").orElse(0),
                    fields.required("opened_at"),
                    fields.text("resolved_at").orElse(""),
                    fields.text("acknowledged_by").orElse(""),
                    fields.text("acknowledged_at").orElse(""));
        }

        @Override
        public ObjectNode write(Alert alert) {
            return alert.shown();
        }
    };

    boolean open() {
        return resolved.isEmpty();
    }

    Alert resolved(String when) {
        return new Alert(rule, name, type, namespace, message, value, opened, when, seenBy, seenAt);
    }

    /** The first who says so counts. */
    Alert seen(String user, String when) {
        return seenBy.isEmpty()
                ? new Alert(rule, name, type, namespace, message, value, opened, resolved, user, when)
                : this;
    }

    ObjectNode shown() {
        return Json.object()
                .put("rule_id", rule)
                .put("rule_name", name)
                .put("type", type)
                .put("namespace_id", namespace)
                .put("message", message)
                .put("value", value)
                .put("state", open() ? "open" : "resolved")
                .put("opened_at", opened)
                .put("resolved_at", resolved.isEmpty() ? null : resolved)
                .put("acknowledged_by", seenBy.isEmpty() ? null : seenBy)
                .put("acknowledged_at", seenAt.isEmpty() ? null : seenAt);
    }
}
