package io.triport.identity.program;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import java.util.Set;

/** Work that every program does by itself. */
enum ProgramTask implements SystemTask {
    /** Makes the namespaces and databases that the program names. */
    CONTAINERS;

    @Override
    public TaskName taskName() {
        return new TaskName("program-containers");
    }

    @Override
    public Permissions permissions() {
        return Permissions.of(new Permission(
                Set.of(Action.NAMESPACE_FIND, Action.NAMESPACE_CREATE, Action.DATABASE_FIND, Action.DATABASE_CREATE),
                Set.of(ResourcePattern.all()),
                Set.of(KeyPrefix.EVERY)));
    }
}
