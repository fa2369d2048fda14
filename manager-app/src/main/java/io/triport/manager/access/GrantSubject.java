package io.triport.manager.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.util.Arrays;
import java.util.Locale;

/** Whom a grant is for. @param name 1 to 320 characters */
public record GrantSubject(GrantSubject.Type type, String name) {
    private static final int LONGEST = 320;

    /** What sort of name it is. */
    public enum Type {
        /** As the manager calls somebody. */
        USER,
        /** One of those that an issuer names. */
        GROUP,
        /** The id of an API key. */
        API_KEY;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Type named(String text) {
            return Arrays.stream(values())
                    .filter(type -> type.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> Fields.invalid("subject.type", "user, group or api_key"));
        }
    }

    public GrantSubject {
        name = type == Type.USER ? Standing.comparable(name) : name;
        if (type == Type.USER && name.startsWith(Standing.KEYS)) {
            throw Fields.invalid("subject", "an api_key by its id: names of keys are not unique");
        }
        if (name.isBlank() || name.length() > LONGEST) {
            throw Fields.invalid("subject.name", "a text of 1 to 320 characters");
        }
    }

    public static GrantSubject key(String id) {
        return new GrantSubject(Type.API_KEY, id);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static GrantSubject read(Fields grant) {
        var fields = new Fields(grant.any("subject").orElseThrow(() -> Fields.invalid("subject", "an object")));
        return new GrantSubject(Type.named(fields.required("type")), fields.required("name"));
    }

    boolean names(Standing standing) {
        return switch (type) {
            case USER -> name.equals(Standing.comparable(standing.user()));
            case GROUP -> standing.groups().contains(name);
            case API_KEY -> name.equals(standing.key());
        };
    }

    ObjectNode shown() {
        return Json.object().put("type", type.text()).put("name", name);
    }
}
