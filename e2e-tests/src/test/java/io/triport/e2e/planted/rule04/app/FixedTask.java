package io.triport.e2e.planted.rule04.app;

import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;

/** Allowed: an enum, also where a constant has a body. */
enum FixedTask implements SystemTask {
    SWEEP {
        @Override
        public Permissions permissions() {
            return Permissions.of();
        }
    };

    @Override
    public TaskName taskName() {
        return new TaskName("sweep");
    }
}
