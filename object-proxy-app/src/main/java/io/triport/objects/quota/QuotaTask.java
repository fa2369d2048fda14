package io.triport.objects.quota;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import java.util.Set;

/** Work that the object proxy does by itself for quotas. */
public enum QuotaTask implements SystemTask {
    /** Keeps what was used, and learns what other nodes have counted. */
    SYNC;

    private static final TaskName NAME = new TaskName("quota-sync");
    private static final Permissions PERMISSIONS = Permissions.of(new Permission(
            Set.of(Action.DURABLE_TURN, Action.DURABLE_READ, Action.DURABLE_LIST),
            Set.of(ResourcePattern.exactly(QuotaObject.TYPE.text())),
            Set.of(KeyPrefix.EVERY)));

    @Override
    public TaskName taskName() {
        return NAME;
    }

    @Override
    public Permissions permissions() {
        return PERMISSIONS;
    }
}
