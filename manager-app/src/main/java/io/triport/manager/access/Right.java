package io.triport.manager.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A role in some namespaces, for some of their keys.
 *
 * @param namespaces a pattern of titles, 1 to 512 characters
 * @param prefixes what the keys begin with, as plain text; none for every key
 */
public record Right(ManagerRole role, String namespaces, List<String> prefixes) {
    private static final String ALL = "*";
    private static final int LONGEST = 512;
    private static final int MOST_PREFIXES = 100;

    public Right {
        prefixes =
                prefixes.contains("") ? List.of() : prefixes.stream().distinct().toList();
        if (namespaces.isEmpty() || namespaces.length() > LONGEST) {
            throw Fields.invalid("namespaces", "a pattern of 1 to 512 characters");
        }
        if (prefixes.size() > MOST_PREFIXES
                || prefixes.stream().anyMatch(text -> text.getBytes(StandardCharsets.UTF_8).length > LONGEST)) {
            throw Fields.invalid("key_prefixes", "a list of at most 100 texts of 512 bytes");
        }
    }

    static Right everywhere(ManagerRole role) {
        return new Right(role, ALL, List.of());
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static Right read(Fields fields) {
        return read(ManagerRole.named(fields.required("role")), fields);
    }

    /** What the fields say beside the role. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static Right read(ManagerRole role, Fields fields) {
        var prefixes = fields.any("key_prefixes");
        return new Right(
                role,
                fields.text("namespaces").orElse(ALL),
                prefixes.isPresent() ? Fields.texts("key_prefixes", prefixes.get()) : List.of());
    }

    public ObjectNode shown() {
        var node = Json.object().put("role", role.text()).put("namespaces", namespaces);
        var list = node.putArray("key_prefixes");
        prefixes.forEach(list::add);
        return node;
    }

    /** Whether it is for every key of its namespaces. */
    public boolean whole() {
        return prefixes.isEmpty();
    }

    public boolean everywhere() {
        return whole() && namespaces.equals(ALL);
    }

    public boolean in(NamespaceTitle title) {
        return Glob.parse(namespaces).matches(title.text());
    }

    ResourcePattern containers() {
        return namespaces.equals(ALL) ? ResourcePattern.all() : ResourcePattern.like(Glob.parse(namespaces));
    }

    Set<KeyPrefix> keys() {
        return whole()
                ? Set.of(KeyPrefix.EVERY)
                : prefixes.stream().map(KeyPrefix::of).collect(Collectors.toUnmodifiableSet());
    }
}
