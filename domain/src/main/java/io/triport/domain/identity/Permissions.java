package io.triport.domain.identity;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a principal may do: whatever one of the rules permits. No rule permits nothing. */
public record Permissions(List<Permission> rules) {
    public static final Permissions NONE = new Permissions(List.of());

    public Permissions {
        rules = List.copyOf(rules);
    }

    public static Permissions of(Permission... rules) {
        return new Permissions(List.of(rules));
    }

    public boolean permits(Action action, ResourceName resource) {
        for (var rule : rules) {
            if (rule.permits(action, resource)) {
                return true;
            }
        }
        return false;
    }

    Set<KeyPrefix> prefixes(Action action, String container) {
        return rules.stream()
                .filter(rule -> rule.permits(action, container))
                .flatMap(rule -> rule.prefixes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean reaches(String container) {
        return rules.stream().anyMatch(rule -> rule.reaches(container));
    }
}
