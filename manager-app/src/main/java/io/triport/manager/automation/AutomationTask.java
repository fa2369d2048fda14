package io.triport.manager.automation;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import java.util.Set;

/** Work of the system beside requests. None of it reads or changes a value. */
public enum AutomationTask implements SystemTask {
    /** Sends webhooks and keeps notifications. */
    DELIVERY("manager-delivery", Set.of(Action.SETTINGS_READ, Action.SETTINGS_WRITE)),
    /** Looks whether rules are broken. */
    WATCH("manager-watch", Set.of(Action.SETTINGS_READ, Action.SETTINGS_WRITE, Action.NAMESPACE_FIND, Action.KV_LIST)),
    /** Writes down how much was done. */
    COUNTS(
            "manager-counts",
            Set.of(Action.SETTINGS_READ, Action.SETTINGS_WRITE, Action.NAMESPACE_FIND, Action.KV_LIST)),
    /** Reads who may do what. */
    GRANTS("manager-grants", Set.of(Action.SETTINGS_READ, Action.NAMESPACE_FIND)),
    /** Orders the jobs of schedules: what an owner may do is narrowed from this, so it has what any order asks for. */
    SCHEDULES(
            "manager-schedules",
            Set.of(
                    Action.SETTINGS_READ,
                    Action.SETTINGS_WRITE,
                    Action.NAMESPACE_FIND,
                    Action.KV_GET,
                    Action.KV_LIST,
                    Action.KV_DELETE,
                    Action.AUDIT_APPEND,
                    Action.JOB_READ,
                    Action.JOB_WRITE,
                    Action.JOB_ADMIN,
                    Action.QUEUE_SEND));

    private final TaskName taskName;
    private final Permissions permissions;

    AutomationTask(String name, Set<Action> actions) {
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
