package io.triport.manager.access;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.QueueName;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody may do in the manager, from the most to the least. */
public enum ManagerRole {
    /** Everything. */
    ADMIN(Set.of(
            Action.KV_GET,
            Action.KV_LIST,
            Action.KV_PUT,
            Action.KV_DELETE,
            Action.KEY_LABEL,
            Action.NAMESPACE_FIND,
            Action.NAMESPACE_CREATE,
            Action.NAMESPACE_RENAME,
            Action.NAMESPACE_DROP,
            Action.AUDIT_APPEND,
            Action.AUDIT_READ,
            Action.JOB_READ,
            Action.JOB_WRITE,
            Action.JOB_ADMIN)),
    /** Reads and changes keys. */
    EDITOR(Set.of(
            Action.KV_GET,
            Action.KV_LIST,
            Action.KV_PUT,
            Action.KV_DELETE,
            Action.KEY_LABEL,
            Action.NAMESPACE_FIND,
            Action.AUDIT_APPEND,
            Action.JOB_READ,
            Action.JOB_WRITE)),
    /** Reads keys. */
    VIEWER(Set.of(
            Action.KV_GET,
            Action.KV_LIST,
            Action.NAMESPACE_FIND,
            Action.AUDIT_APPEND,
            Action.JOB_READ,
            Action.JOB_WRITE)),
    /** Reads who did what, and no values. */
    AUDITOR(Set.of(Action.NAMESPACE_FIND, Action.AUDIT_READ, Action.JOB_READ));

    /** The queue by which it is told that there is a job; whoever may order one may say so. */
    public static final QueueName JOBS = new QueueName("manager-jobs");

    /** What stands before the name of a role in a scope. */
    private static final String SCOPE = "manager.";

    private final Set<Action> actions;

    ManagerRole(Set<Action> actions) {
        this.actions = actions;
    }

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By which an API key has the role. */
    public Scope scope() {
        return new Scope(SCOPE + text());
    }

    /** What the role opens, everywhere. */
    public Permissions permissions() {
        var rules = new ArrayList<>(SettingKind.permissions(this));
        rules.add(new Permission(actions, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
        if (actions.contains(Action.JOB_WRITE)) {
            rules.add(new Permission(
                    Set.of(Action.QUEUE_SEND), Set.of(ResourcePattern.exactly(JOBS.text())), Set.of(KeyPrefix.EVERY)));
        }
        return Permissions.of(rules.toArray(Permission[]::new));
    }

    /** The highest that is named; empty for none. */
    static Optional<ManagerRole> among(Set<Role> roles, Set<Scope> scopes) {
        for (var role : values()) {
            if (scopes.contains(role.scope()) || roles.contains(new Role(role.text()))) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
