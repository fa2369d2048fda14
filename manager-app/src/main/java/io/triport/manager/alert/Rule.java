package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.KeyPrefix;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.nio.charset.StandardCharsets;

/**
 * What must not be.
 *
 * @param namespace an id, or {@link #EVERYWHERE}
 * @param prefix of the keys of {@code expiring_within}
 * @param limit what must not be exceeded: seconds of {@code expiring_within}, percent of {@code error_rate}, else what is counted
 */
record Rule(String name, RuleType type, String namespace, String prefix, long limit, boolean enabled) {
    /** All namespaces together. */
    static final String EVERYWHERE = "";

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PREFIX = 512;
    private static final int WHOLE = 100;

    static final Form<Rule> FORM = new Form<>() {
        @Override
        public Rule read(Fields fields) {
            return Rule.read(fields);
        }

        @Override
        public ObjectNode write(Rule rule) {
            return rule.shown();
        }
    };

    Rule {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.invalid("name", "a text of 1 to 200 characters");
        }
        if (prefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
            throw Fields.invalid("prefix", "a text of 512 bytes at most");
        }
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Rule read(Fields fields) {
        var type = RuleType.of(fields.required("type"));
        var namespace = fields.text("namespace_id").orElse(EVERYWHERE);
        var limit = switch (type) {
            case EXPIRING_WITHIN -> number(fields, "seconds", 1, Integer.MAX_VALUE);
            case KEY_COUNT_OVER, BYTES_OVER -> number(fields, "limit", 0, Long.MAX_VALUE);
            case ERROR_RATE -> number(fields, "percent", 0, WHOLE);
            case JOB_FAILED -> 0L;
            case OPERATION_RATE_OVER, LATENCY_P99_OVER ->
                throw Fields.invalid("type", "expiring_within, key_count_over, bytes_over, job_failed, error_rate");
        };
        if (namespace.isEmpty()
                && (type == RuleType.EXPIRING_WITHIN
                        || type == RuleType.KEY_COUNT_OVER
                        || type == RuleType.BYTES_OVER)) {
            throw Fields.invalid("namespace_id", "the id of a namespace");
        }
        if (fields.any("prefix").isPresent() && type != RuleType.EXPIRING_WITHIN) {
            throw Fields.invalid("prefix", "absent for this type");
        }
        var enabled = fields.any("enabled").isEmpty() || fields.flag("enabled");
        return new Rule(
                fields.required("name"), type, namespace, fields.text("prefix").orElse(""), limit, enabled);
    }

    private static long number(Fields fields, String name, long least, long most) {
        var number = fields.whole(name);
        if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > most) {
            throw Fields.invalid(
                    name, "a whole number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most));
        }
        return number.getAsLong();
    }

    KeyPrefix keys() {
        return KeyPrefix.of(prefix);
    }

    ObjectNode shown() {
        var node = Json.object().put("name", name).put("type", type.text()).put("enabled", enabled);
        if (!namespace.isEmpty()) {
            node.put("namespace_id", namespace);
        }
        return switch (type) {
            case EXPIRING_WITHIN -> node.put("prefix", prefix).put("seconds", limit);
            case ERROR_RATE -> node.put("percent", limit);
            case JOB_FAILED -> node;
            default -> node.put("limit", limit);
        };
    }
}
