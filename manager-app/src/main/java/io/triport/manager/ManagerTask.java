package io.triport.manager;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import java.util.Set;

/** Work that the manager does by itself. */
enum ManagerTask implements SystemTask {
    /** Gives back the space of expired entries. */
    RECLAIM("manager-reclaim", Set.of(Action.SPACE_RECLAIM)),
    /** Lets go of what has been kept for long enough. */
    KEEPING("manager-keeping", Set.of(Action.SPACE_RECLAIM, Action.AUDIT_APPEND));

    private final TaskName taskName;
    private final Permissions permissions;

    ManagerTask(String name, Set<Action> actions) {
        this.taskName = new TaskName(name);
        this.permissions =
                Permissions.of(new Permission(actions, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
    }

    @Override
    public TaskName taskName() {
        return taskName;
    }

    @Override
    public Permissions permissions() {
        return permissions;
    }
}
