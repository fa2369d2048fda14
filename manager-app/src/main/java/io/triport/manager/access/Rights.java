package io.triport.manager.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody may do: whatever one of these permits. @param readOnly titles of namespaces in which nobody changes anything */
public record Rights(List<Right> all, Set<String> readOnly) {
    public static final Rights NONE = new Rights(List.of(), Set.of());

    /** The container that stands for no namespace in particular: the jobs, the audit as a whole. */
    private static final ResourcePattern NO_NAMESPACE = ResourcePattern.exactly("");

    private static final ResourcePattern CALLS = ResourcePattern.exactly(ManagerRole.JOBS.text());

    /** Queues but those of the manager itself. */
    private static final ResourcePattern THEIRS =
            ResourcePattern.except(ResourcePattern.all(), Set.of(ManagerRole.JOBS.text()));

    /** Everything but what the manager has for itself. */
    private static final ResourcePattern OTHERS =
            ResourcePattern.except(ResourcePattern.all(), Set.of(ManagerRole.FILES.text()));

    public Rights {
        all = List.copyOf(all);
        readOnly = Set.copyOf(readOnly);
    }

    static Rights everywhere(ManagerRole role) {
        return new Rights(List.of(Right.everywhere(role)), Set.of());
    }

    /** Of all places; empty for somebody who may do nothing. */
    public Optional<ManagerRole> highest() {
        return all.stream().map(Right::role).min(Comparator.naturalOrder());
    }

    /** In a namespace, be it for some keys only. */
    public Optional<ManagerRole> highest(NamespaceTitle title) {
        return all.stream().filter(right -> right.in(title)).map(Right::role).min(Comparator.naturalOrder());
    }

    /** Whether the highest role is held for all namespaces and keys. */
    public boolean everywhere() {
        return all.stream().anyMatch(right -> right.everywhere() && highest().equals(Optional.of(right.role())));
    }

    /** Whether somebody sees everything there is, in whichever role. */
    public boolean overall() {
        return all.stream().anyMatch(Right::everywhere);
    }

    /** Whether this is an admin of everything. */
    public boolean administer() {
        return all.stream().anyMatch(right -> right.everywhere() && right.role() == ManagerRole.ADMIN);
    }

    /** Whether a role, or a higher one, is held for every key of a namespace. */
    public boolean hold(ManagerRole least, NamespaceTitle title) {
        return all.stream().anyMatch(right -> right.whole() && right.role().compareTo(least) <= 0 && right.in(title));
    }

    /** Whether every key of a namespace is seen, in whichever role. */
    public boolean whole(NamespaceTitle title) {
        return all.stream().anyMatch(right -> right.whole() && right.in(title));
    }

    /** What stores are told. */
    public Permissions permissions() {
        var highest = highest();
        if (highest.isEmpty()) {
            return Permissions.NONE;
        }
        var rules = new ArrayList<>(SettingKind.permissions(highest.get(), administer()));
        for (var right : all) {
            rules.add(rule(right.role().reads(), right.containers(), right.keys()));
            var open = ResourcePattern.except(right.containers(), readOnly);
            rules.add(rule(right.role().writes(), open, right.keys()));
            if (right.whole()) {
                rules.add(rule(right.role().rules(), open, right.keys()));
            }
            if (right.everywhere()) {
                rules.add(rule(right.role().databases(), ResourcePattern.all(), Set.of(KeyPrefix.EVERY)));
                rules.add(rule(right.role().queues(), THEIRS, Set.of(KeyPrefix.EVERY)));
                rules.add(rule(right.role().besideKeys(), OTHERS, Set.of(KeyPrefix.EVERY)));
            }
            var alone = right.everywhere() ? right.role().alone() : Set.<Action>of();
            rules.add(rule(alone, NO_NAMESPACE, right.keys()));
            rules.add(rule(right.role().own(), NO_NAMESPACE, Set.of(KeyPrefix.EVERY)));
            if (right.role().own().contains(Action.JOB_WRITE)) {
                rules.add(rule(Set.of(Action.QUEUE_SEND), CALLS, Set.of(KeyPrefix.EVERY)));
            }
        }
        return new Permissions(rules);
    }

    private static Permission rule(Set<Action> actions, ResourcePattern containers, Set<KeyPrefix> keys) {
        return new Permission(actions, Set.of(containers), keys);
    }
}
