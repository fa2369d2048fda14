package io.triport.objects.bucket;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Scope;
import java.util.Set;
import java.util.stream.Collectors;

/** What callers without a credential may do with a bucket; never a write. */
public enum AnonymousAccess {
    NONE(Set.of()),
    READ(Set.of(Action.OBJECT_GET, Action.OBJECT_HEAD)),
    LIST(Set.of(Action.OBJECT_LIST)),
    READ_LIST(Set.of(Action.OBJECT_GET, Action.OBJECT_HEAD, Action.OBJECT_LIST));

    private final Set<Action> actions;

    AnonymousAccess(Set<Action> actions) {
        this.actions = actions;
    }

    public Set<Action> actions() {
        return actions;
    }

    public Set<Scope> scopes() {
        return actions.stream().map(Action::scope).collect(Collectors.toUnmodifiableSet());
    }
}
