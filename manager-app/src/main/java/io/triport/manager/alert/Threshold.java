package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Bounds of a namespace, of which one that is negative does not bind.
 *
 * @param operations calls of keys a minute
 * @param latency the 99th percentile of their times, in milliseconds
 * @param by who set it
 */
record Threshold(long bytes, long operations, long latency, boolean enabled, String created, String by) {
    private static final long NONE = -1;

    static final Form<Threshold> FORM = new Form<>() {
        @Override
        public Threshold read(Fields fields) {
            return new Threshold(
                    fields.whole("bytes").orElse(NONE),
                    fields.whole("operations").orElse(NONE),
                    fields.whole("latency").orElse(NONE),
                    fields.flag("enabled"),
                    fields.required("created"),
                    fields.required("by"));
        }

        @Override
        public ObjectNode write(Threshold threshold) {
            return Json.object()
                    .put("bytes", threshold.bytes)
                    .put("operations", threshold.operations)
                    .put("latency", threshold.latency)
                    .put("enabled", threshold.enabled)
                    .put("created", threshold.created)
                    .put("by", threshold.by);
        }
    };

    /** One that binds nothing. */
    static Threshold none(String created) {
        return new Threshold(NONE, NONE, NONE, true, created, "");
    }

    /** What is not named stays. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    Threshold changed(Fields fields, String user) {
        return new Threshold(
                bound(fields, "storage_bytes_threshold", bytes),
                bound(fields, "operation_rate_threshold", operations),
                bound(fields, "latency_p99_threshold_ms", latency),
                fields.any("enabled").isPresent() ? fields.flag("enabled") : enabled,
                created,
                user);
    }

    private static long bound(Fields fields, String name, long present) {
        if (!fields.has(name)) {
            return present;
        }
        var bound = fields.whole(name);
        if (bound.isPresent() && bound.getAsLong() < 0) {
            throw Fields.invalid(name, "0 or more, or null");
        }
        return bound.orElse(NONE);
    }

    /** The same as rules. */
    List<Rule> rules(String namespace) {
        var rules = new ArrayList<Rule>();
        add(rules, RuleType.BYTES_OVER, namespace, bytes);
        add(rules, RuleType.OPERATION_RATE_OVER, namespace, operations);
        add(rules, RuleType.LATENCY_P99_OVER, namespace, latency);
        return rules;
    }

    private void add(List<Rule> rules, RuleType type, String namespace, long bound) {
        if (enabled && bound >= 0) {
            rules.add(new Rule("threshold", type, namespace, "", bound, true));
        }
    }

    ObjectNode shown() {
        return Json.object()
                .put("storage_bytes_threshold", bytes < 0 ? null : Long.valueOf(bytes))
                .put("operation_rate_threshold", operations < 0 ? null : Long.valueOf(operations))
                .put("latency_p99_threshold_ms", latency < 0 ? null : Long.valueOf(latency))
                .put("enabled", enabled)
                .put("created_at", created)
                .put("updated_by", by);
    }
}
