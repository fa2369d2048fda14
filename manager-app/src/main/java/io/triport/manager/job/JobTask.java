package io.triport.manager.job;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import io.triport.manager.access.SettingKind;
import java.util.Set;

/** Work of the system for jobs. */
public enum JobTask implements SystemTask {
    /** Does jobs. What it does with keys is narrowed to what the person may do whose job it is. */
    JOBS(
            "manager-jobs",
            Permissions.of(
                    new Permission(
                            Set.of(
                                    Action.KV_GET,
                                    Action.KV_LIST,
                                    Action.KV_PUT,
                                    Action.KV_DELETE,
                                    Action.KEY_LABEL,
                                    Action.NAMESPACE_FIND,
                                    Action.AUDIT_APPEND,
                                    Action.JOB_READ,
                                    Action.JOB_WRITE,
                                    Action.JOB_ADMIN,
                                    Action.SPACE_RECLAIM),
                            Set.of(ResourcePattern.all()),
                            Set.of(KeyPrefix.EVERY)),
                    new Permission(
                            Set.of(Action.SETTINGS_READ),
                            Set.of(
                                    ResourcePattern.exactly(SettingKind.NAMESPACE_SETTINGS.text()),
                                    ResourcePattern.exactly(SettingKind.BACKUP_RETENTION.text())),
                            Set.of(KeyPrefix.EVERY)),
                    new Permission(
                            Set.of(
                                    Action.OBJECT_GET,
                                    Action.OBJECT_HEAD,
                                    Action.OBJECT_PUT,
                                    Action.OBJECT_DELETE,
                                    Action.OBJECT_LIST,
                                    Action.UPLOAD_START,
                                    Action.UPLOAD_PUT_PART,
                                    Action.UPLOAD_COMPLETE,
                                    Action.UPLOAD_ABORT,
                                    Action.UPLOAD_LIST,
                                    Action.UPLOAD_LIST_PARTS),
                            Set.of(ResourcePattern.exactly(JobFiles.BUCKET.text())),
                            Set.of(KeyPrefix.EVERY))));

    private final TaskName taskName;
    private final Permissions permissions;

    JobTask(String name, Permissions permissions) {
        this.taskName = new TaskName(name);
        this.permissions = permissions;
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
