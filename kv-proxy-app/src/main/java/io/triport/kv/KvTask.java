package io.triport.kv;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import java.util.Set;

/** Work that the KV proxy does by itself. */
enum KvTask implements SystemTask {
    /** Gives back the space of expired entries. */
    RECLAIM("kv-reclaim", Action.SPACE_RECLAIM),
    /** Makes the databases that the configuration names. */
    DATABASES("kv-databases", Action.DATABASE_FIND, Action.DATABASE_CREATE),
    /** Makes the vector indexes that the configuration names, and lets filters ask for what it names. */
    INDEXES("kv-indexes", Action.VECTOR_INDEX_FIND, Action.VECTOR_INDEX_CREATE, Action.VECTOR_WRITE);

    private final TaskName taskName;
    private final Permissions permissions;

    KvTask(String name, Action... actions) {
        this.taskName = new TaskName(name);
        this.permissions =
                Permissions.of(new Permission(Set.of(actions), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
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
