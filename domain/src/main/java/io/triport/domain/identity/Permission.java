package io.triport.domain.identity;

import io.triport.domain.request.Bytes;
import java.util.Set;

/**
 * Actions on some containers and, within them, on keys with some prefixes. A permission without containers or without
 * prefixes permits nothing.
 */
public record Permission(Set<Action> actions, Set<ResourcePattern> containers, Set<KeyPrefix> prefixes) {
    /** Some actions on one container and all that lies in it. */
    public static Permission on(String container, Action... actions) {
        return new Permission(Set.of(actions), Set.of(ResourcePattern.exactly(container)), Set.of(KeyPrefix.EVERY));
    }

    public Permission {
        actions = Set.copyOf(actions);
        containers = Set.copyOf(containers);
        prefixes = Set.copyOf(prefixes);
    }

    public boolean permits(Action action, ResourceName resource) {
        return actions.contains(action) && permitsContainer(resource.container()) && permitsItem(action, resource);
    }

    /** Whether the action is permitted in the container, on whichever keys. */
    boolean permits(Action action, String container) {
        return actions.contains(action) && permitsContainer(container);
    }

    /** Whether the action is permitted on keys that begin with {@code item} in some container, whichever it is. */
    boolean permitsSomewhere(Action action, Bytes item) {
        return actions.contains(action)
                && !containers.isEmpty()
                && prefixes.stream().anyMatch(prefix -> prefix.covers(item));
    }

    boolean reaches(String container) {
        return !actions.isEmpty() && !prefixes.isEmpty() && permitsContainer(container);
    }

    private boolean permitsContainer(String container) {
        for (var pattern : containers) {
            if (pattern.matches(container)) {
                return true;
            }
        }
        return false;
    }

    private boolean permitsItem(Action action, ResourceName resource) {
        for (var prefix : prefixes) {
            if (permitsItem(action, prefix, resource.item())) {
                return true;
            }
        }
        return false;
    }

    private static boolean permitsItem(Action action, KeyPrefix prefix, Bytes item) {
        return switch (action.reach()) {
            case CONTAINER -> true;
            case BYTES -> prefix.covers(item);
            case SEGMENTS -> prefix.coversSegments(item);
        };
    }
}
