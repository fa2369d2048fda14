package io.triport.manager.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes rules of what settings say, and keeps those that are in use. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class Schemas {
    private static final int MOST_KEPT = 256;

    /** Guarded by itself; the one that was asked for longest ago goes first. */
    private final Map<JsonNode, KeyRules> made = new LinkedHashMap<>(16, 0.75F, true);

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where it is no list of rules */
    public void check(JsonNode list) {
        KeyRules.read(list);
    }

    /** @param list what stands under {@code schema}; missing for no rules @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public KeyRules of(JsonNode list) {
        if (list.isMissingNode() || list.isEmpty()) {
            return KeyRules.NONE;
        }
        synchronized (made) {
            var known = made.get(list);
            if (known != null) {
                return known;
            }
        }
        var fresh = KeyRules.read(list);
        synchronized (made) {
            made.put(list.deepCopy(), fresh);
            if (made.size() > MOST_KEPT) {
                made.remove(made.keySet().iterator().next());
            }
        }
        return fresh;
    }
}
