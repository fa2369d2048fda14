package io.triport.manager.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;

/**
 * A value that is not what its namespace says of keys like it.
 *
 * @param pattern of the names that the rule is about
 * @param pointer to what is wrong within the value (RFC 6901); empty for the whole of it
 * @param reason in one sentence, without the value
 */
public record Violation(String key, String pattern, String pointer, String reason) {
    private static final int LONGEST = 500;

    public Violation {
        reason = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
    }

    public Refused refused() {
        return Problem.SCHEMA_VIOLATED.refused(sentence()).with(details());
    }

    public String sentence() {
        return "The value does not fit the schema of " + pattern + ": " + (pointer.isEmpty() ? "it" : pointer) + ": "
                + reason;
    }

    private ObjectNode details() {
        return Json.object()
                .put("key", key)
                .put("pattern", pattern)
                .put("pointer", pointer)
                .put("reason", reason);
    }
}
