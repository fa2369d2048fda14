package io.triport.manager.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a namespace says of its values. Safe for many threads. */
public final class KeyRules {
    public static final KeyRules NONE = new KeyRules(List.of());

    private static final int MOST = 50;

    private final List<SchemaRule> rules;

    private KeyRules(List<SchemaRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** @param list of objects with {@code pattern} and {@code schema} @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static KeyRules read(JsonNode list) {
        if (!list.isArray() || list.size() > MOST) {
            throw Fields.invalid("schema", "a list of at most 50 objects with pattern and schema");
        }
        var rules = new ArrayList<SchemaRule>();
        list.forEach(one -> rules.add(SchemaRule.read(new Fields(one))));
        return new KeyRules(rules);
    }

    /** By the first rule that it breaks; a value must fit each whose pattern the name fits. */
    public Optional<Violation> violated(KvKey key, Bytes value) {
        return rules.stream()
                .flatMap(rule -> rule.violated(key, value).stream())
                .findFirst();
    }
}
