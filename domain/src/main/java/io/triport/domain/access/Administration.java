package io.triport.domain.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import java.util.EnumSet;
import java.util.Set;

/** Making and removing buckets, which no scope opens by itself: it takes the key of an administrator. */
public final class Administration {
    private static final Set<Action> ACTIONS = Set.of(Action.BUCKET_CREATE, Action.BUCKET_DELETE);

    private Administration() {}

    /** The same permissions without it. */
    public static Permissions removed(Permissions permissions) {
        return new Permissions(
                permissions.rules().stream().map(Administration::removed).toList());
    }

    private static Permission removed(Permission rule) {
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(rule.actions());
        actions.removeAll(ACTIONS);
        return new Permission(actions, rule.containers(), rule.prefixes());
    }
}
