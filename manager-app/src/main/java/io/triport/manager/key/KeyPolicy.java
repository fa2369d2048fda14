package io.triport.manager.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.manager.schema.KeyRules;
import io.triport.manager.schema.Schemas;

/** What a namespace's settings say of its keys. */
public record KeyPolicy(Retention retention, KeyRules rules) {
    /** @param settings missing where nobody has set any */
    static KeyPolicy of(JsonNode settings, Schemas schemas) {
        return new KeyPolicy(Retention.of(settings.path("versioning")), schemas.of(settings.path("schema")));
    }
}
