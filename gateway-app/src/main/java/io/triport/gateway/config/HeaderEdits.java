package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Fields that are set and removed on the way, after everything that the gateway itself does with fields. */
public record HeaderEdits(Map<String, String> set, List<String> remove) {
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "x-user-id",
            "x-user-role",
            "x-user-email",
            "x-user-scopes",
            "x-auth-mechanism",
            "x-identity-assertion",
            "x-identity-encoding",
            "x-request-id");

    public HeaderEdits {
        set = new LinkedHashMap<>(set);
        remove = List.copyOf(remove);
    }

    static HeaderEdits read(Section section) {
        var fields = section.section("set");
        var set = new LinkedHashMap<String, String>();
        for (var name : fields.names()) {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}") || OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw fields.error(name, name, "the name of a field that the gateway does not set itself");
            }
            set.put(name, fields.value(name, Values.FIELD_VALUE, "", "Value of the field."));
        }
        var remove = section.list(
                "remove",
                new Value<>("the name of a field that the gateway does not set itself", text -> {
                    if (OURS.contains(text.toLowerCase(Locale.ROOT))) {
                        throw new IllegalArgumentException(text);
                    }
                    return Values.FIELD_NAME.parser().apply(text);
                }),
                "Fields that are removed.");
        return new HeaderEdits(set, remove);
    }
}
