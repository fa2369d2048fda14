package io.triport.domain.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.InvalidInput;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a role opens for whoever takes it on: actions on some buckets and, within them, on keys under some prefixes.
 *
 * @param prefixes none for the whole bucket
 */
public record ScopeTemplate(TextTemplate bucket, List<TextTemplate> prefixes, Set<Action> actions) {
    public ScopeTemplate {
        prefixes = List.copyOf(prefixes);
        actions = Set.copyOf(actions);
    }

    /** As it is written. @throws InvalidInput for braces without meaning, and an action that is not known */
    public static ScopeTemplate parse(String bucket, List<String> prefixes, List<String> actions) {
        return new ScopeTemplate(
                TextTemplate.parse(bucket),
                prefixes.stream().map(TextTemplate::parse).toList(),
                ActionNames.parse(actions));
    }

    /** The permission for one with these claims; empty when a claim that it needs is missing, so that it never opens more. */
    public Optional<Permission> fill(Claims claims) {
        var buckets = bucket.pattern(claims);
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        var keys = new HashSet<KeyPrefix>();
        for (var prefix : prefixes) {
            var text = prefix.text(claims);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                keys.add(KeyPrefix.of(text.get()));
            } catch (InvalidInput e) {
                return Optional.empty();
            }
        }
        return Optional.of(new Permission(
                actions,
                Set.of(ResourcePattern.like(buckets.get())),
                prefixes.isEmpty() ? Set.of(KeyPrefix.EVERY) : keys));
    }

    /** All that several templates open. */
    public static Permissions fill(List<ScopeTemplate> templates, Claims claims) {
        return new Permissions(templates.stream()
                .flatMap(template -> template.fill(claims).stream())
                .toList());
    }
}
